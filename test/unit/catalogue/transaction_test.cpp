// What is decided where it is committed.

#include "support/catalogues.hpp"
#include "support/catch.hpp"

using namespace terracat;
using catalogue::Expected;
using catalogue::Transaction;

namespace {

ProblemKind refusal_of(std::future<Revision> done) {
  try {
    static_cast<void>(done.get());
  } catch (ProblemError const& error) {
    return error.problem().kind;
  }
  FAIL("it was not refused");
  return ProblemKind::internal;
}

} // namespace

TEST_CASE("of two who saw the same version one writes") {
  for (auto const& store : test::stores()) {
    test::CatalogueUnderTest catalogue(store);
    catalogue.submit("local", test::record("local", "rain"), test::item("rain", {.id = "one"}));
    auto const row = [&] {
      auto view = catalogue.view();
      return view.item(view.collection("rain").value(), "one").value();
    }();
    Expected const seen{{row.sequence}};
    auto const change = [&](std::string const& title) {
      return Transaction{
          .sources = {"local"},
          .change = catalogue::OtherItem{
              .number = row.number,
              .expected = seen,
              .put =
                  test::item("rain", {.id = "one", .properties = R"("title":")" + title + "\""})}};
    };
    auto first = catalogue.catalogue().try_submit(change("first")).value();
    auto second = catalogue.catalogue().try_submit(change("second")).value();
    CHECK(first.get().sequence > row.sequence);
    CHECK(refusal_of(std::move(second)) == ProblemKind::precondition_failed);
    auto const removal =
        Transaction{.sources = {"local"}, .change = catalogue::NoItem{.number = row.number}};
    static_cast<void>(catalogue.catalogue().try_submit(removal)->get());
    CHECK(refusal_of(catalogue.catalogue().try_submit(removal).value()) == ProblemKind::not_found);
  }
}

TEST_CASE("nothing is kept of several items if one of them may not be") {
  for (auto const& store : test::stores()) {
    test::CatalogueUnderTest catalogue(store);
    catalogue.submit("local", test::record("local", "rain"), test::item("rain", {.id = "one"}));
    auto const before = catalogue.view().revision().sequence;
    catalogue::NewItems items;
    items.collection = [&] {
      auto view = catalogue.view();
      return view.collection("rain").value().entry->number;
    }();
    items.items.push_back({.put = test::item("rain", {.id = "two"}), .where = "/features/0/id"});
    items.items.push_back({.put = test::item("rain", {.id = "one"}), .where = "/features/1/id"});
    auto done = catalogue.catalogue().try_submit({.sources = {"local"}, .change = items}).value();
    CHECK(refusal_of(std::move(done)) == ProblemKind::conflict);
    CHECK(catalogue.view().revision().sequence == before);
    done = catalogue.catalogue().try_submit({.sources = {"other"}, .change = items}).value();
    CHECK(refusal_of(std::move(done)) == ProblemKind::owned_by_source);
  }
}
