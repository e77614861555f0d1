#include "fuzz/readings.hpp"

#include "fuzz/fuzz.hpp"

#include "formats/origins.hpp"
#include "formats/record_json.hpp"

#include "support/rdf_parser.hpp"

namespace terracat::fuzz {
namespace {

formats::ReadContext context() {
  static json::Parser parser;
  return {.address = "https://source.example/records/1",
          .language = "en",
          .local_assets = {},
          .json = parser};
}

/// With a parser in this process for a format that is RDF: what it does to a helper is seen here.
formats::ReadContext context_for(formats::Format const& format) {
  auto out = context();
  if (format.split == nullptr) return out;
  static test::RdfHere rdf;
  out.rdf = &rdf;
  return out;
}

void check_finding(Finding const& finding) {
  require(json::is_utf8(finding.where) && json::is_utf8(finding.excerpt),
          "a finding is told in UTF-8", finding.excerpt);
  require(finding.excerpt.size() <= 200, "an excerpt is short", finding.excerpt);
}

model::Record read_back(formats::Format const& format, std::string const& text) {
  require(json::Document::parse(text).has_value(), "a record is written as JSON", text);
  auto const reading = format.read(text, context());
  require(reading.has_value(), "a record that is written is read", text);
  auto const* const record = std::get_if<model::Record>(&reading->resource);
  require(record != nullptr, "a record that is written is read as a record", text);
  return *record;
}

/// A record that came from our own writing says of itself what it said. Not all the rest stays: a
/// format has no place for some of it, and a reader repairs what it takes for a mistake.
void check_writing(formats::Format const& format, model::Record const& record) {
  auto const first = read_back(format, format.write(record, "id-1"));
  auto const text = format.write(first, "id-1");
  auto const second = read_back(format, text);
  require(second->title == first->title && second->description == first->description &&
              second->type == first->type,
          "a record keeps its title, description and type when it is written", text);
}

/// Where values stand is told within bounds, and an id stands somewhere or nowhere.
void check_origins(std::string_view document, std::string const& kept) {
  constexpr std::size_t most = 4'096; // bytes: how long it takes is another matter
  if (document.size() > most) return;
  for (auto const& origin : formats::origins_of(document, kept)) {
    require(origin.places.size() <= 3 && origin.places.size() <= origin.count,
            "a few places of a value are told", origin.where);
    require((origin.likeness == formats::Likeness::none) == origin.places.empty(),
            "a value that is found is found somewhere", origin.where);
  }
}

void check_record(model::Record const& record, std::string_view document) {
  require(!record->native_id.empty() && !record->title.empty(), "a record has an id and a title");
  auto const kept = formats::to_record_json(record);
  auto const back = formats::from_record_json(kept, context().json);
  require(back && *back == record, "a record that was kept comes back", kept);
  check_origins(document, kept);
  for (auto const& format : formats::all()) {
    if (format.write != nullptr) check_writing(format, record);
  }
}

void check_item(model::Item const& item) {
  auto const text = "{" + item->body + "]}";
  require(json::Document::parse(text).has_value(), "the body of an item is JSON", text);
  require(!item->native_id.empty(), "an item has an id", text);
  require(!item->start || !item->end || *item->start <= *item->end, "an item begins before it ends",
          text);
}

} // namespace

void check_split(formats::Format const& format, std::string_view document) {
  auto const context = context_for(format);
  auto const parts = format.split(document, context);
  if (!parts) return check_finding(parts.error());
  for (auto const& part : *parts) {
    auto const again = format.split(part, context);
    require(again && *again == std::vector{part}, "what is taken apart is one", part);
    check_format(format, part);
  }
}

void check_format(formats::Format const& format, std::string_view document) {
  auto const reading = format.read(document, context_for(format));
  if (!reading) {
    check_finding(reading.error());
    require(severity(reading.error().code) == Severity::refused,
            "what is refused is refused for a reason that refuses", name(reading.error().code));
    return;
  }
  for (auto const& finding : reading->findings) {
    check_finding(finding);
    require(severity(finding.code) == Severity::warning, "what is kept has only warnings",
            name(finding.code));
  }
  if (auto const* const record = std::get_if<model::Record>(&reading->resource)) {
    check_record(*record, document);
  } else {
    check_item(std::get<model::Item>(reading->resource));
  }
}

} // namespace terracat::fuzz
