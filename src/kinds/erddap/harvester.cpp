#include "kinds/counted_list.hpp"
#include "kinds/erddap/erddap.hpp"
#include "kinds/erddap/options.hpp"
#include "kinds/listed_documents.hpp"
#include "kinds/options.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace terracat::kinds::erddap {
namespace {

using Reason = fetch::FetchError::Reason;

/// A column of either list, and what a document calls it.
struct Column {
  std::string_view of_all_datasets;
  std::string_view of_info;
  std::string_view ours;
};

constexpr std::string_view id_column = "datasetID";

constexpr std::array columns{Column{"accessible", "Accessible", "accessible"},
                             Column{"griddap", "griddap", "griddap"},
                             Column{"tabledap", "tabledap", "tabledap"},
                             Column{"wms", "wms", "wms"},
                             Column{"files", "files", "files"},
                             Column{"iso19115", "ISO 19115", "iso19115"}};

/// The table that lists all data sets is a data set itself.
constexpr std::string_view itself = "allDatasets";

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// A table as ERDDAP answers it: names of columns, and rows of values.
class Table {
 public:
  explicit Table(json::Value const& root) {
    auto const table = root.member("table");
    if (!table) return;
    columns_ = table->member("columnNames");
    rows_ = table->member("rows");
  }

  [[nodiscard]] bool is_one() const {
    return columns_ && columns_->size() > 0 && rows_ && rows_->is_array();
  }

  [[nodiscard]] json::Elements rows() const { return rows_->elements(); }

  /// Where values of that name stand in each row; `none` if the table has no such column.
  [[nodiscard]] std::size_t place_of(std::string_view name) const {
    std::size_t place = 0;
    for (auto const column : columns_->elements()) {
      if (column.string() == name) return place;
      ++place;
    }
    return none;
  }

 private:
  std::optional<json::Value> columns_;
  std::optional<json::Value> rows_;
};

/// The value at that place of a row; empty if it is no text or the row is too short.
std::string_view value_at(json::Value const& row, std::size_t place) {
  if (place == none) return {};
  for (auto const value : row.elements()) {
    if (place-- == 0) return trimmed(value.string().value_or(""));
  }
  return {};
}

class ErddapHarvester : public ListedDocuments {
 public:
  ErddapHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                  What what)
      : ListedDocuments(fetcher, what), fetcher_(fetcher), address_(base_of(source.address)) {
    auto const options = read_options(options_schema, source.options);
    contains_ = *options.root().string("contains");
    auto query = address_ + '\n' + contains_;
    for (auto const id : options.root().member("exclude")->elements()) {
      exclude_.emplace_back(id.string().value_or(""));
      query += '\n' + exclude_.back();
    }
    begin(std::move(query), checkpoint);
  }

 protected:
  [[nodiscard]] std::vector<ListedDocument> fetch_list(std::stop_token const& stop) override {
    bool is_of_info = false;
    std::string body;
    try {
      body = fetched(address_ + "/tabledap/allDatasets.json", stop);
    } catch (fetch::FetchError const& error) {
      bool const is_refused = error.reason() == Reason::status && error.status() >= 400 &&
                              error.status() < 500 && error.status() != 429;
      if (!is_refused) throw;
      is_of_info = true;
      body = fetched(address_ + "/info/index.json?page=1&itemsPerPage=1000000", stop);
    }
    auto const document = json::Document::parse(body);
    if (!document) refuse_page(body, "list of data sets of ERDDAP");
    Table const table(document->root());
    if (!table.is_one()) refuse_page(body, "list of data sets of ERDDAP");
    auto const ids = table.place_of(is_of_info ? "Dataset ID" : id_column);
    std::array<std::size_t, columns.size()> places{};
    std::ranges::transform(columns, places.begin(), [&](Column const& column) {
      return table.place_of(is_of_info ? column.of_info : column.of_all_datasets);
    });
    std::vector<ListedDocument> out;
    for (auto const row : table.rows()) {
      std::string id(value_at(row, ids));
      if (!id.empty() && !is_wanted(id)) continue;
      auto said = id.empty() ? row.text() : said_of(id, row, places);
      out.push_back({.id = std::move(id), .said = std::move(said)});
    }
    return out;
  }

  [[nodiscard]] fetch::Request request_for(ListedDocument const& listed) const override {
    fetch::Request request;
    request.url = info_of(listed.id);
    request.accept = "application/json";
    return request;
  }

  /// What the list says and the table of attributes, together: `{"datasetID": …, "table": …}`.
  /// Bytes that are no JSON stay as they are, for the format to refuse.
  [[nodiscard]] RawDocument document_of(ListedDocument const& listed,
                                        std::string bytes) const override {
    RawDocument document{.native_id = listed.id,
                         .format = "erddap",
                         .bytes = std::move(bytes),
                         .address = without_credentials(info_of(listed.id)),
                         .collection = {}};
    auto const parsed = json::Document::parse(document.bytes);
    auto const table = parsed ? parsed->root().member("table") : std::nullopt;
    if (table) {
      document.bytes = "{" + listed.said + R"(,"table":)" + table->text() + "}";
    }
    return document;
  }

 private:
  static std::string base_of(std::string_view address) {
    address = address.substr(0, address.find_first_of("?#"));
    constexpr std::string_view page = "/index.html";
    if (address.ends_with(page)) address.remove_suffix(page.size());
    while (address.ends_with('/')) address.remove_suffix(1);
    return std::string(address);
  }

  [[nodiscard]] bool is_wanted(std::string_view id) const {
    return id != itself && id.find(contains_) != std::string_view::npos &&
           std::ranges::find(exclude_, id) == exclude_.end();
  }

  /// Members of the document, without braces.
  static std::string said_of(std::string_view id, json::Value const& row,
                             std::array<std::size_t, columns.size()> const& places) {
    std::string out = R"("datasetID":)" + json::quoted(id);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto const text = value_at(row, places.at(i));
      if (!text.empty()) out += "," + json::quoted(columns.at(i).ours) + ":" + json::quoted(text);
    }
    return out;
  }

  [[nodiscard]] std::string fetched(std::string url, std::stop_token const& stop) const {
    fetch::Request request;
    request.url = std::move(url);
    request.accept = "application/json";
    return fetcher_.fetch(request, stop).body;
  }

  [[nodiscard]] std::string info_of(std::string const& id) const {
    return address_ + "/info/" + encoded(id) + "/index.json";
  }

  fetch::Fetcher& fetcher_;
  std::string address_; ///< without a slash at its end
  std::string contains_;
  std::vector<std::string> exclude_;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<ErddapHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::erddap
