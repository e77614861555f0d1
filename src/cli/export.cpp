#include "cli/commands.hpp"

#include "catalogue/corrections.hpp"
#include "catalogue/derived.hpp"
#include "formats/record_json.hpp"
#include "formats/stac_text.hpp"
#include "store/record_numbers.hpp"
#include "store/stores.hpp"

#include <terracat/format.hpp>

#include <algorithm>
#include <iostream>

namespace terracat::cli {
namespace {

constexpr std::size_t piece = 500; ///< items of one state: none is held for long (doc/design.md 7)

/// Where the STAC API of a site is found: links lead there.
std::string stac_root(config::Config const& config) {
  auto const& site = config.site.public_url;
  return (site.empty() ? "http://" + config.server.listen : site) + "/stac";
}

/// Prints a whole catalogue, piece by piece. What goes meanwhile is left out.
class Export {
 public:
  Export(store::Reader& reader, ExportAll const& options, config::Config const& config)
      : reader_(reader),
        options_(options),
        languages_(config.site.languages),
        root_(stac_root(config)) {
    reader_.begin();
    numbers_ = store::record_numbers(reader_);
    reader_.end();
  }

  void records() {
    auto const* const format = formats::find("ogc-record");
    json::Parser parser;
    each_record([&](store::RecordRow const& row) {
      auto const texts = reader_.record_texts(row.number);
      if (!texts) return;
      auto const said = formats::from_record_json(texts->record, parser).value();
      auto const corrections = reader_.corrections(row.source, row.native_id);
      std::cout << format->write(catalogue::corrected(said, corrections, languages_), row.id)
                << '\n';
    });
  }

  void stac() {
    each_record([&](store::RecordRow const& row) {
      auto const texts = reader_.record_texts(row.number);
      auto const derived = reader_.derived(row.number);
      if (!texts || texts->body.empty() || !derived) return;
      auto const known = catalogue::derived_from_text(*derived);
      std::string out;
      formats::append_collection(
          out, texts->body, row.id,
          {.extent = known.extent, .summaries = known.summaries, .has_items = known.items > 0}, {});
      std::cout << out << '\n';
    });
    each_record([&](store::RecordRow const& row) { items(row); });
  }

 private:
  [[nodiscard]] bool is_wanted(store::RecordRow const& row) const {
    auto const& wanted = options_.collections;
    return wanted.empty() || std::ranges::find(wanted, row.id) != wanted.end();
  }

  template<class Visit>
  void each_record(Visit const& visit) {
    for (auto const number : numbers_) {
      reader_.begin();
      auto const row = reader_.record(number);
      if (row && is_wanted(*row)) visit(*row);
      reader_.end();
    }
  }

  void items(store::RecordRow const& collection) {
    query::ItemSearch search{
        .where = {query::InCollections{{collection.number}}}, .limit = piece, .count = false};
    // An item that names its collection has to lead there, too (STAC 1.1).
    auto const link = json::Writer()
                          .begin_object()
                          .member("rel", "collection")
                          .member("href", root_ + "/collections/" + collection.id)
                          .member("type", "application/json")
                          .end_object()
                          .take();
    store::ShownItem item;
    std::string out;
    for (;;) {
      reader_.begin();
      auto page = reader_.items(search);
      for (auto const& row : page.rows) {
        out.clear();
        reader_.shown(row.number, item);
        formats::append_item(out, item.body, item.id, collection.id, link);
        std::cout << out << '\n';
      }
      reader_.end();
      if (!page.next) return;
      search.after = std::move(page.next);
    }
  }

  store::Reader& reader_;
  ExportAll const& options_;
  std::vector<std::string> const& languages_;
  std::string root_;
  std::vector<RecordNumber> numbers_; ///< of all records when it began
};

} // namespace

int run(config::Config const& config, ExportAll const& options) {
  auto const store = store::open_store(config.store.path, store::Access::read);
  auto const reader = store->reader();
  Export all(*reader, options, config);
  if (options.what == "records") {
    all.records();
  } else {
    all.stac();
  }
  std::cout.flush();
  return std::cout ? success : io_error;
}

} // namespace terracat::cli
