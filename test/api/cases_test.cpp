#include "api/case_file.hpp"
#include "api/sentence.hpp"
#include "api/site_under_test.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace terracat::test {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_pages = 1'000;

std::vector<fs::path> sites() {
  std::set<fs::path> out;
  for (auto const& entry : fs::directory_iterator(TERRACAT_API_CASES)) {
    if (entry.is_directory()) out.insert(entry.path());
  }
  return {out.begin(), out.end()};
}

std::vector<fs::path> case_files(fs::path const& site) {
  auto const* const wanted = std::getenv("TERRACAT_CASE");
  std::set<fs::path> out;
  for (auto const& entry : fs::recursive_directory_iterator(site)) {
    bool const is_wanted =
        wanted == nullptr || entry.path().string().find(wanted) != std::string::npos;
    if (entry.path().extension() == ".case" && is_wanted) out.insert(entry.path());
  }
  return {out.begin(), out.end()};
}

/// Asks the exchanges of one file, in order, and says what is wrong with the answers.
class Conversation {
 public:
  explicit Conversation(SiteUnderTest& site) : site_(site) {}

  [[nodiscard]] std::vector<std::string> hold(Exchange const& exchange) {
    std::vector<std::string> objections;
    if (exchange.placeholder.empty()) return judge(exchange, ask(exchange));
    for (auto const& value : exchange.values) {
      auto const filled = with_placeholder(exchange, value);
      for (auto& objection : judge(filled, ask(filled))) {
        objections.push_back("with " + value + ": " + objection);
      }
    }
    return objections;
  }

 private:
  static Exchange with_placeholder(Exchange exchange, std::string const& value) {
    exchange.target = with_value(exchange.target, exchange.placeholder, value);
    exchange.body = with_value(exchange.body, exchange.placeholder, value);
    for (auto& header : exchange.headers) {
      header.value = with_value(header.value, exchange.placeholder, value);
    }
    for (auto& sentence : exchange.sentences) {
      sentence = with_value(sentence, exchange.placeholder, value);
    }
    return exchange;
  }

  Answer ask(Exchange const& exchange) {
    Question question{.method = exchange.method, .target = filled_in(exchange.target)};
    for (std::size_t at = 0; (at = question.target.find(' ', at)) != std::string::npos;) {
      question.target.replace(at, 1, "%20");
    }
    for (auto const& header : exchange.headers) {
      question.headers.emplace_back(header.name, filled_in(header.value));
    }
    question.body = filled_in(exchange.body);
    last_ = exchange.follows_pages ? pages_of(question) : site_.ask(question);
    return last_;
  }

  /// The text with what the answer before had in the places of `<<…>>`.
  [[nodiscard]] std::string filled_in(std::string text) const {
    for (auto open = text.find("<<"); open != std::string::npos; open = text.find("<<")) {
      auto const close = text.find(">>", open);
      if (close == std::string::npos) throw std::runtime_error("open mark: " + text);
      auto const name = text.substr(open + 2, close - open - 2);
      text.replace(open, close + 2 - open, from_answer(name));
    }
    return text;
  }

  [[nodiscard]] std::string from_answer(std::string const& name) const {
    constexpr std::string_view header = "header ";
    if (name.starts_with(header)) return last_.header(name.substr(header.size()));
    auto const document = json::Document::parse(last_.body);
    auto const found = at_path(document.value().root(), name);
    if (!found.values.front()) throw std::runtime_error("the answer before has no " + name);
    auto const& value = *found.values.front();
    return value.string() ? std::string(*value.string()) : value.text();
  }

  /// What was asked, again for the page that a link leads to. \return  false if there is no such
  /// link
  static bool follow(Question& question, json::Value const& answer, std::string_view rel) {
    auto const link = at_path(answer, "links[rel=" + std::string(rel) + "]").values.front();
    if (!link) return false;
    question.target = link->string("href").value();
    question.method = link->string("method").value_or("GET");
    if (auto const body = link->member("body")) question.body = body->text();
    return true;
  }

  static std::string ids_of(json::Value const& answer) {
    auto list = answer.member("features");
    if (!list) list = answer.member("collections");
    json::Writer out;
    out.begin_array();
    for (auto const element : list.value().elements()) {
      out.string(element.string("id").value_or("?"));
    }
    return out.end_array().take();
  }

  /// Follows the links `next`, and makes one answer of all.
  Answer pages_of(Question question) {
    std::vector<std::string> pages;
    json::Writer matched;
    matched.begin_array();
    for (;;) {
      if (pages.size() == most_pages) throw std::runtime_error("the pages have no end");
      auto answer = site_.ask(question);
      auto const document = json::Document::parse(answer.body);
      if (answer.status != 200) return answer;
      auto const root = document.value().root();
      pages.push_back(ids_of(root));
      if (auto const number = root.member("numberMatched")) matched.value(*number);
      if (follow(question, root, "next")) continue;
      if (root.member("features")) walk_back(question, pages);
      json::Writer out;
      out.begin_object().name("pages").begin_array();
      for (auto const& page : pages) out.raw(page);
      out.end_array().name("matched").raw(matched.end_array().take());
      answer.body = out.name("last").raw(answer.body).end_object().take();
      return answer;
    }
  }

  /// From the last page the links `prev` lead to the same ones, and end at the first.
  void walk_back(Question question, std::vector<std::string> const& pages) {
    for (auto page = pages.rbegin();; ++page) {
      auto const document = json::Document::parse(site_.ask(question).body);
      if (ids_of(document.value().root()) != *page) throw std::runtime_error("other pages back");
      bool const is_followed = follow(question, document.value().root(), "prev");
      if (is_followed != (page + 1 != pages.rend())) throw std::runtime_error("'prev' ends badly");
      if (!is_followed) return;
    }
  }

  static std::vector<std::string> judge(Exchange const& exchange, Answer const& answer) {
    if (answer.status != exchange.status) {
      return {"expected " + std::to_string(exchange.status) + ", but there is " +
              std::to_string(answer.status) + ": " + answer.body.substr(0, 1'000)};
    }
    std::vector<std::string> objections;
    for (auto const& header : exchange.expected_headers) {
      auto const value =
          header.name == "Content-Type" ? answer.content_type : answer.header(header.name);
      if (header.is_absent ? !value.empty() : value.empty() || !fits(value, header.value)) {
        objections.push_back((header.is_absent ? "!" : "") + header.name + ": " + header.value +
                             "\n  but there is '" + value + "'");
      }
    }
    for (auto const& sentence : exchange.sentences) {
      if (auto wrong = objection(sentence, answer.body)) objections.push_back(*wrong);
    }
    return objections;
  }

  SiteUnderTest& site_;
  Answer last_;
};

void check_file(SiteUnderTest& site, fs::path const& path, std::string const& store) {
  Conversation conversation(site);
  auto const exchanges = read_cases(path);
  CHECK_FALSE(exchanges.empty());
  for (auto const& exchange : exchanges) {
    auto const place = path.string() + ":" + std::to_string(exchange.line) + " (" + store + ")";
    INFO(place << exchange.title);
    try {
      for (auto const& objection : conversation.hold(exchange)) FAIL_CHECK(objection);
      SUCCEED();
    } catch (std::exception const& error) {
      FAIL_CHECK(error.what());
    }
  }
}

TEST_CASE("sites answer as their cases say") {
  std::size_t asked = 0;
  for (auto const& store : stores()) {
    for (auto const& folder : sites()) {
      auto const files = case_files(folder);
      if (files.empty()) continue;
      SiteUnderTest site(folder, store);
      for (auto const& file : files) check_file(site, file, store.name);
      asked += files.size();
    }
  }
  INFO("TERRACAT_CASE is part of the path of a file");
  CHECK(asked > 0);
}

} // namespace
} // namespace terracat::test
