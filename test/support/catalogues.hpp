#pragma once

#include "catalogue/catalogue.hpp"
#include "support/stores.hpp"

namespace terracat::test {

/// A record with this native id, of a type that makes it a collection unless another is given.
[[nodiscard]] catalogue::RecordPut record(std::string const& source, std::string const& native_id,
                                          std::string const& title = {},
                                          std::string const& type = "dataset");

/// An item of a collection that its source calls so. Its hash follows from what it holds.
[[nodiscard]] catalogue::ItemPut item(std::string const& collection, ItemSketch const& sketch);

/// Gives the catalogue an index of small segments, and waits for it. \pre nothing has been
/// submitted
void index_items(catalogue::Catalogue& catalogue);

/// A catalogue and what tests ask of it.
class CatalogueUnderTest {
 public:
  explicit CatalogueUnderTest(StoreUnderTest const& under_test, catalogue::Rules rules = {});

  /// Submits what one source brings and waits for the commit.
  template<class... Documents>
  Run submit(std::string const& source, Documents&&... documents) {
    catalogue::Batch batch;
    batch.source = source;
    (batch.documents.emplace_back(std::forward<Documents>(documents)), ...);
    batch.run = {.source = source, .mode = "test"};
    return submit(std::move(batch));
  }

  Run submit(catalogue::Batch batch) { return catalogue_.submit(std::move(batch)).get(); }

  [[nodiscard]] catalogue::Catalogue& catalogue() noexcept { return catalogue_; }

  /// A view of everything, or of the scope, which must outlive it.
  [[nodiscard]] catalogue::View view();
  [[nodiscard]] catalogue::View view(catalogue::Scope const& scope);

  /// The ids of all items that a scope shows, latest first.
  [[nodiscard]] std::vector<std::string> items(catalogue::Scope const& scope,
                                               std::vector<std::string> collections = {});

  /// "outcome code native-id" of what the run reports.
  [[nodiscard]] std::vector<std::string> report(Run const& run);

 private:
  catalogue::Catalogue catalogue_;
  catalogue::Scope everything_ = catalogue::Scope::everything();
  std::unique_ptr<catalogue::Session> session_;
};

} // namespace terracat::test
