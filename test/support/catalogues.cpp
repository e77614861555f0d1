#include "support/catalogues.hpp"

#include "query/digest.hpp"

namespace terracat::test {

catalogue::RecordPut record(std::string const& source, std::string const& native_id,
                            std::string const& title, std::string const& type) {
  model::RecordParts parts;
  parts.native_id = native_id;
  parts.title = model::LocalText("en", title.empty() ? native_id : title);
  parts.description = model::LocalText("en", "A data set for tests");
  parts.type = type;
  store::Document const document{.source = source,
                                 .native_id = native_id,
                                 .format = "test",
                                 .address = "https://a.example/" + native_id,
                                 .bytes = title + type,
                                 .hash = query::digest_of(title + type),
                                 .fetched = model::Instant(0)};
  return {.record = model::Record::make(std::move(parts)).value(),
          .document = document,
          .findings = {}};
}

catalogue::ItemPut item(std::string const& collection, ItemSketch const& sketch) {
  auto parts = *item_write(RecordNumber{1}, sketch).item;
  parts.collection = collection;
  auto const hash = query::digest_of(parts.body + parts.native_id);
  return {.item = model::Item::make(std::move(parts)).value(), .hash = hash, .findings = {}};
}

CatalogueUnderTest::CatalogueUnderTest(StoreUnderTest const& under_test, catalogue::Rules rules)
    : catalogue_(under_test.make(), std::move(rules),
                 [](std::string const& reason) { throw std::runtime_error(reason); }),
      session_(catalogue_.session()) {
  index_items(catalogue_);
}

void index_items(catalogue::Catalogue& catalogue) {
  struct Told {
    std::once_flag once; // a mend builds again
    std::promise<std::string> failure;
  };

  auto const told = std::make_shared<Told>();
  auto failure = told->failure.get_future();
  catalogue.index_items({.segment_rows = 3}, [told](index::Built const& built) {
    std::call_once(told->once, [&] { told->failure.set_value(built.failure); });
  });
  auto const said = failure.get();
  if (!said.empty()) throw std::runtime_error(said);
}

catalogue::View CatalogueUnderTest::view() {
  return view(everything_);
}

catalogue::View CatalogueUnderTest::view(catalogue::Scope const& scope) {
  return session_->view(catalogue::Visibility::everything(), scope,
                        std::chrono::steady_clock::time_point::max());
}

std::vector<std::string> CatalogueUnderTest::items(catalogue::Scope const& scope,
                                                   std::vector<std::string> collections) {
  auto look = view(scope);
  catalogue::ItemRequest request{.limit = 1'000};
  request.criteria.collections = std::move(collections);
  auto const answer = look.items(request).value();
  std::vector<std::string> out;
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    out.push_back(answer.collections[i] + "/" + look.item_id(answer.rows[i].number));
  }
  return out;
}

std::vector<std::string> CatalogueUnderTest::report(Run const& run) {
  std::vector<std::string> out;
  for (auto const& document : view().reader().run_documents({.run = run.number})) {
    out.push_back(std::string(name(document.outcome)) + " " + document.code + " " +
                  document.native_id);
  }
  return out;
}

} // namespace terracat::test
