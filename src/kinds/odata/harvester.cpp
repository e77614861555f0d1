#include "kinds/linked_pages.hpp"
#include "kinds/odata/odata.hpp"
#include "kinds/odata/options.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace terracat::kinds::odata {
namespace {

using Reason = fetch::FetchError::Reason;

/// The Copernicus Data Space refuses pages that begin further behind.
constexpr std::size_t most_skipped = 10'000;

/// In a row, of products that came before: a run that was interrupted goes through some again.
constexpr std::size_t most_idle_slices = 50;

/// The product with the collection that it is put in.
std::string in_collection(json::Value const& product, std::string_view collection) {
  json::Writer out;
  out.begin_object().name("collection").string(collection);
  for (auto const& [name, value] : product.members()) {
    if (name != "collection") out.name(name).value(value);
  }
  return out.end_object().take();
}

class OdataHarvester : public LinkedPages {
 public:
  /// \param since  nothing: everything is wanted
  OdataHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                 What what, std::optional<model::Instant> since = std::nullopt)
      : LinkedPages(fetcher, what), asks_for_changes_(since.has_value()), address_(source.address) {
    auto const options = read_options(options_schema, source.options);
    auto const root = options.root();
    collection_ = *root.string("collection");
    title_ = *root.string("title");
    description_ = *root.string("description");
    std::string filter(*root.string("filter"));
    page_size_ = whole_number(*root.member("page_size"));
    if (since) {
      auto const changed = "ModificationDate ge " + model::to_iso8601(*since);
      filter = filter.empty() ? changed : "(" + filter + ") and " + changed;
    }
    filter_ = std::move(filter);
    begin({.first_url = list_of(filter_),
           .query = json::quoted(collection_) + json::quoted(title_) + json::quoted(description_),
           .expected = "list of products in OData",
           .most = whole_number(*root.member("max_items")),
           .narrower = "options.filter would narrow it",
           .trusts_last_page = false},
          checkpoint);
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    bool const is_first = !list().has_begun();
    try {
      auto page = LinkedPages::next(std::move(stop));
      if (is_first && page) page->documents.insert(page->documents.begin(), description());
      return page;
    } catch (fetch::FetchError const& error) {
      bool const is_refused = error.reason() == Reason::status && error.status() == 400;
      if (asks_for_changes_ && is_refused && is_first) throw ChangesUnknown(error.what());
      throw;
    }
  }

 protected:
  /// Servers refuse pages that begin too far behind, or name none: the list, which is in the order
  /// of time, is then gone on with from the moment that was reached. How many there are was said of
  /// the whole before, so that what a slice leaves out is noticed.
  [[nodiscard]] std::string place_instead(std::string next) override {
    bool const is_cut = next.empty() && list().total() && list().count() < *list().total();
    bool const is_far = skipped_by(next) > most_skipped;
    if (!is_cut && !is_far) return next;
    auto slice = next_slice();
    return slice.empty() ? next : slice;
  }

  [[nodiscard]] std::string place_after_refusal() override { return next_slice(); }

  [[nodiscard]] std::optional<json::Value> entries_of(json::Value const& root) const override {
    return root.member("value");
  }

  [[nodiscard]] std::optional<std::size_t> total_of(json::Value const& root) const override {
    if (list().is_sliced()) return std::nullopt; // it is of the slice
    return count_of(root.member("@odata.count"));
  }

  [[nodiscard]] std::string next_of(json::Value const& root) const override {
    return std::string(root.string("@odata.nextLink").value_or(""));
  }

  void take(json::Value const& entry, CountedList& list, Page& page,
            std::stop_token const&) override {
    std::string const id(trimmed(entry.string("Id").value_or("")));
    if (id.empty()) return list.lose_unnamed("/Id", entry, page);
    note_start(entry);
    if (!list.take(id, page)) return;
    auto const path = address_.substr(0, address_.find_first_of("?#"));
    list.give({.native_id = id,
               .format = "odata",
               .bytes = what() == What::ids ? std::string() : in_collection(entry, collection_),
               .address = without_credentials(path + '(' + encoded(id) + ')'),
               .collection = collection_},
              page);
  }

 private:
  [[nodiscard]] std::string list_of(std::string const& filter) const {
    Parameters parameters{{"$expand", "Attributes"},
                          {"$expand", "Assets"},
                          {"$count", "true"},
                          {"$orderby", "ContentDate/Start asc"},
                          {"$top", std::to_string(page_size_)}};
    if (!filter.empty()) parameters.emplace_back("$filter", filter);
    return with_parameters(address_, parameters);
  }

  /// How many entries stand before a page by its address.
  static std::size_t skipped_by(std::string_view url) {
    auto const query = lowered(decoded(url));
    auto const at = query.find("$skip=");
    std::size_t count = 0;
    if (at == std::string::npos) return count;
    auto const digits = std::string_view(query).substr(at + std::string_view("$skip=").size());
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
  }

  void note_start(json::Value const& product) {
    auto const date = product.member("ContentDate");
    auto const text = date ? date->string("Start") : std::nullopt;
    if (!text) return;
    auto const start = model::parse_rfc3339(*text);
    if (start && (!reached_ || *reached_ < *start)) reached_ = *start;
  }

  /// The list from the moment that was reached.
  /// \return  empty: it has been begun from there, or too many slices brought nothing new
  [[nodiscard]] std::string next_slice() {
    if (!reached_ || sliced_at_ == reached_) return {};
    idle_slices_ = had_ == list().count() ? idle_slices_ + 1 : 0;
    if (idle_slices_ > most_idle_slices) return {};
    sliced_at_ = reached_;
    had_ = list().count();
    list().begin_slice();
    auto const from = "ContentDate/Start ge " + model::to_iso8601(*reached_);
    auto const filter = filter_.empty() ? from : "(" + filter_ + ") and " + from;
    return list_of(filter);
  }

  /// What the operator says of the collection, for nobody else does.
  [[nodiscard]] RawDocument description() const {
    json::Writer out;
    out.begin_object().member("type", "Collection").member("stac_version", "1.1.0");
    out.member("id", collection_).member("title", title_.empty() ? collection_ : title_);
    out.name("description").string(description_.empty() ? title_ : description_);
    out.name("links").begin_array().end_array().end_object();
    return {.native_id = collection_,
            .format = "stac-collection",
            .bytes = out.take(),
            .address = without_credentials(address_),
            .collection = {}};
  }

  bool asks_for_changes_;
  std::string address_;
  std::string filter_;
  std::size_t page_size_ = 0;
  std::optional<model::Instant> reached_;   ///< the latest start of a product that came
  std::optional<model::Instant> sliced_at_; ///< where the slice begins
  std::optional<std::size_t> had_;          ///< products when it began
  std::size_t idle_slices_ = 0;             ///< in a row
  std::string collection_;
  std::string title_;
  std::string description_;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<OdataHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<OdataHarvester>(source, means.fetcher, checkpoint, What::documents,
                                          since);
}

} // namespace terracat::kinds::odata
