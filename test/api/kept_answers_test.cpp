#include "api/kept_answers.hpp"

#include "support/catch.hpp"

using namespace terracat;
using api::KeptAnswers;
using api::Reply;

namespace {

Reply reply(std::string tag, std::string body) {
  return {.status = 200,
          .content_type = "application/json",
          .headers = {{"ETag", std::move(tag)}},
          .content = api::Text{std::move(body)}};
}

std::string body_of(std::shared_ptr<Reply const> const& reply) {
  return reply == nullptr ? "none" : std::get<api::Text>(reply->content).bytes;
}

} // namespace

TEST_CASE("an answer is found under its address and tag alone") {
  KeptAnswers kept;
  kept.keep("/x", reply("\"a\"", "first"));
  kept.keep("/x", reply("\"b\"", "second"));
  CHECK(body_of(kept.find("/x", "\"a\"")) == "first");
  CHECK(body_of(kept.find("/x", "\"b\"")) == "second");
  CHECK(kept.find("/x", "\"c\"") == nullptr);
  CHECK(kept.find("/y", "\"a\"") == nullptr);
  CHECK(kept.find("/x", "\"a\"")->headers == reply("\"a\"", "").headers);
}

TEST_CASE("answers without a tag, that say something went wrong, or are streamed, are not kept") {
  KeptAnswers kept;
  auto untagged = reply("\"a\"", "x");
  untagged.headers = {{"Cache-Control", "no-store"}};
  auto failed = reply("\"a\"", "x");
  failed.status = 404;
  auto streamed = reply("\"a\"", "x");
  streamed.content = api::Stream{};
  for (auto const& one : {untagged, failed, streamed}) kept.keep("/x", one);
  CHECK(kept.find("/x", "\"a\"") == nullptr);
}

TEST_CASE("what was not asked for lately makes room") {
  // An answer takes 1,512 bytes; of 16,000, half of which is for the young: five of them.
  KeptAnswers kept(16'000);
  auto const put = [&](int i) {
    kept.keep("/x", reply("\"" + std::to_string(i) + "\"", std::string(1'000, 'x')));
  };
  auto const is_there = [&](int i) {
    return kept.find("/x", "\"" + std::to_string(i) + "\"") != nullptr;
  };
  for (int i = 0; i < 6; ++i) put(i);  // the first five are old now
  CHECK(is_there(0));                  // and this one is young again: 5, 0
  for (int i = 6; i < 10; ++i) put(i); // 5, 0, 6, 7, 8 are old now, and those before are gone
  CHECK(is_there(0));
  CHECK(is_there(5));
  CHECK(is_there(8));
  CHECK_FALSE(is_there(1));
  CHECK_FALSE(is_there(4));
}

TEST_CASE("an answer that would take too much of the room is not kept") {
  KeptAnswers kept(16'000);
  kept.keep("/x", reply("\"a\"", std::string(1'488, 'x')));
  kept.keep("/x", reply("\"b\"", std::string(1'489, 'x')));
  CHECK(kept.find("/x", "\"a\"") != nullptr);
  CHECK(kept.find("/x", "\"b\"") == nullptr);
}
