#include "shrinking.hpp"

#include "support/catch.hpp"

/// What a harvest leaves of what collections say of their items.
using namespace terracat;
using namespace terracat::test;
using namespace terracat::test::shrinking;

TEST_CASE("what items no more say is not said of their collection after the run") {
  auto const under_test = GENERATE(from_range(stores()));
  INFO("store: " << under_test.name);
  Site site(under_test);
  Folder const a("a");
  auto const put_item = [&](std::string const& id, std::string const& day) {
    auto text = item("rain", id);
    text.replace(text.find("2020-01-02"), day.size(), day);
    a.put("z-" + id + ".json", text);
  };
  auto const rain = [&] { return site.catalogue().view().collection("rain")->entry->derived; };
  auto const revision = [&] { return site.catalogue().view().revision(); };
  a.put_collection("rain");
  put_item("r-1", "2020-01-02");
  put_item("r-2", "2020-01-09");
  site.run(a.source());
  CHECK(rain().last == model::parse_rfc3339("2020-01-09T00:00:00Z").value());
  put_item("r-2", "2020-01-05");
  site.run(a.source());
  CHECK(rain().is_exact);
  CHECK(rain().last == model::parse_rfc3339("2020-01-05T00:00:00Z").value());
  auto const before = revision();
  site.run(a.source());
  CHECK(revision() == before); // a run that changes nothing makes no other state
}
