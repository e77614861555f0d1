#include "catalogue/record_write.hpp"

#include "catalogue/corrections.hpp"
#include "catalogue/record_facts.hpp"
#include "formats/record_json.hpp"
#include "formats/stac_text.hpp"
#include "index/record_words.hpp"

namespace terracat::catalogue {
namespace {

/// The parts of an extent that the record states; the writer of collections fills in the rest.
std::string stated_extent(std::string_view extent, model::Record const& record) {
  json::Parser parser;
  auto const parsed = parser.parse(extent);
  if (!parsed) return {};
  auto const spatial = parsed->member("spatial");
  auto const temporal = parsed->member("temporal");
  json::Writer out;
  out.begin_object();
  if (spatial && record.bbox()) out.name("spatial").value(*spatial);
  if (temporal && record.period()) out.name("temporal").value(*temporal);
  return out.end_object().take();
}

} // namespace

model::Record record_from_items(std::string const& native_id) {
  model::RecordParts parts;
  parts.native_id = native_id;
  parts.type = "dataset";
  parts.title = model::LocalText(native_id);
  parts.inferences = {{"title", "the collection was named by its items only"}};
  return model::Record::make(std::move(parts)).value();
}

store::RecordWrite record_write(std::string const& source, model::Record const& said,
                                std::vector<store::Correction> const& corrections,
                                std::vector<std::string> const& languages) {
  auto const record = corrected(said, corrections, languages);
  store::RecordWrite write{.number = {},
                           .id = {},
                           .source = source,
                           .native_id = record->native_id,
                           .type = record->type,
                           .title = std::string(record->title.best(languages)),
                           .footprint = footprint_of(record),
                           .period = record.period()};
  write.words = index::WordMaker().of(record);
  write.texts.record = formats::to_record_json(said);
  if (record.is_collection()) {
    auto text = formats::collection_text(record, languages);
    write.texts.body = std::move(text.body);
    write.texts.extent = stated_extent(text.extent, record);
    write.texts.summaries = std::move(text.summaries);
  }
  return write;
}

} // namespace terracat::catalogue
