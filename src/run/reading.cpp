#include "run/reading.hpp"

#include "formats/words/identifiers.hpp"
#include "query/digest.hpp"
#include "run/same_addresses.hpp"

#include <algorithm>
#include <filesystem>

namespace terracat::run {
namespace {

constexpr std::string_view file_scheme = "file:";
constexpr std::size_t excerpt_source = 200; ///< bytes, of which excerpt() makes a report's line

catalogue::Refused refused(store::Document&& document, FindingCode code, std::string where,
                           std::string_view excerpt_of) {
  return {.document = std::move(document),
          .finding = {.code = code, .where = std::move(where), .excerpt = excerpt(excerpt_of)}};
}

/// Why no format knows the document: it is no JSON although it begins like it, or it is of another
/// kind.
catalogue::Refused unrecognised(store::Document&& document, json::Parser& parser) {
  auto const start = document.bytes.find_first_not_of(" \t\r\n");
  bool const looks_like_json =
      start != std::string::npos && (document.bytes[start] == '{' || document.bytes[start] == '[');
  if (looks_like_json) {
    if (auto const read = parser.parse(document.bytes); !read) {
      auto const beginning = document.bytes.substr(0, excerpt_source);
      return refused(std::move(document), FindingCode::json_malformed, read.error().where,
                     beginning);
    }
  }
  auto const beginning = document.bytes.substr(0, excerpt_source);
  return refused(std::move(document), FindingCode::unexpected_root, "", beginning);
}

/// As it is kept. One that does not name its collection belongs to the one that it was found in.
model::Item in_collection(model::Item item, std::string const& collection, Source const& source) {
  auto of_it = item->collection.empty() ? collection : kept_id(source, item->collection);
  auto native_id = kept_id(source, item->native_id);
  if (of_it == item->collection && native_id == item->native_id) return item;
  auto parts = *item;
  parts.collection = std::move(of_it);
  parts.native_id = std::move(native_id);
  return model::Item::make(std::move(parts)).value();
}

/// Of a source whose protocol names its documents.
bool names_documents(Source const& source) {
  auto const* const kind = kinds::find(source.kind);
  return kind != nullptr && kind->names_documents;
}

/// Faults have been told when the configuration was read.
formats::rules::RuleSet rules_of(Source const& source) {
  std::vector<std::string> faults;
  return formats::rules::RuleSet::parse(source.mapping_rules, faults);
}

/// Under a name that its document does not give it; its own is kept as one more identifier.
model::Record named(model::Record record, std::string const& name) {
  if (record->native_id == name) return record;
  auto parts = *record;
  auto own = formats::read_identifier(parts.native_id, {});
  if (own && std::ranges::find(parts.identifiers, *own) == parts.identifiers.end()) {
    parts.identifiers.push_back(std::move(*own));
  }
  parts.native_id = name;
  return model::Record::make(std::move(parts)).value();
}

} // namespace

DocumentReader::DocumentReader(Source const& source, Against against, store::Reader& reader,
                               rdf::Parser* rdf, std::optional<Ahead> ahead)
    : source_(source),
      against_(against),
      reader_(reader),
      rdf_(rdf),
      ahead_(std::move(ahead)),
      rules_(rules_of(source)) {}

std::optional<store::Resource> DocumentReader::known(kinds::RawDocument const& raw,
                                                     std::uint64_t hash) {
  if (against_ != Against::known || raw.native_id.empty()) return std::nullopt;
  if (!raw.collection.empty()) {
    auto const collection = reader_.record_by_native(source_.name, raw.collection);
    auto const item =
        collection ? reader_.item_by_native(*collection, raw.native_id) : std::nullopt;
    if (!item || item->hash != hash) return std::nullopt;
    return item->number;
  }
  // A document that was refused is kept as well: it is tried again, for the mapping may know
  // better.
  if (reader_.document_hash(source_.name, raw.native_id) != hash) return std::nullopt;
  return reader_.record_by_native(source_.name, raw.native_id);
}

void DocumentReader::read_each(kinds::RawDocument&& raw, Each const& each) {
  auto const* const format = raw.native_id.empty() ? format_of(raw) : nullptr;
  if (format == nullptr || format->split == nullptr) {
    if (format != nullptr) raw.format = format->name; // it is recognised once
    each(read(std::move(raw)));
    return;
  }
  auto parts = format->split(raw.bytes, context_of(raw.address, false));
  if (!parts) {
    store::Document document{.source = source_.name,
                             .native_id = {},
                             .format = std::string(format->name),
                             .address = raw.address,
                             .bytes = raw.bytes,
                             .hash = query::digest_of(raw.bytes),
                             .fetched = fetched_};
    auto finding = parts.error();
    each(catalogue::Refused{.document = std::move(document),
                            .finding = std::move(finding),
                            .collection = raw.collection});
    return;
  }
  for (auto& part : *parts) {
    auto one = raw;
    one.format = format->name;
    one.bytes = std::move(part);
    each(read(std::move(one)));
  }
}

DocumentReader::Read DocumentReader::read(kinds::RawDocument&& raw) {
  if (against_ == Against::ids && !raw.native_id.empty()) {
    return catalogue::Listed{.native_id = std::move(raw.native_id),
                             .collection = std::move(raw.collection)};
  }
  auto const hash = query::digest_of(raw.bytes);
  if (auto const resource = known(raw, hash)) return catalogue::Untouched{.resource = *resource};
  auto const collection = raw.collection;
  auto read = read_whole(std::move(raw), hash);
  if (auto* const refused = std::get_if<catalogue::Refused>(&read)) {
    refused->collection = collection;
  }
  if (against_ != Against::ids) return read;
  if (auto const* const record = std::get_if<catalogue::RecordPut>(&read)) {
    return catalogue::Listed{.native_id = record->record->native_id, .collection = {}};
  }
  if (auto const* const item = std::get_if<catalogue::ItemPut>(&read)) {
    return catalogue::Listed{.native_id = item->item->native_id,
                             .collection = item->item->collection};
  }
  return read;
}

DocumentReader::Read DocumentReader::read_whole(kinds::RawDocument&& raw, std::uint64_t hash) {
  auto const& wanted = raw.format.empty() ? source_.format : raw.format;
  auto const* const format = format_of(raw);
  store::Document document{.source = source_.name,
                           .native_id = std::move(raw.native_id),
                           .format = format == nullptr ? wanted : std::string(format->name),
                           .address = std::move(raw.address),
                           .bytes = std::move(raw.bytes),
                           .hash = hash,
                           .fetched = fetched_};
  if (format == nullptr) return unrecognised(std::move(document), parser_);
  return read_as(*format, std::move(document), raw.collection, false);
}

formats::Format const* DocumentReader::format_of(kinds::RawDocument const& raw) const {
  auto const& wanted = raw.format.empty() ? source_.format : raw.format;
  return wanted.empty() ? formats::recognise(raw.bytes) : formats::find(wanted);
}

formats::ReadContext DocumentReader::context_of(std::string const& address, bool is_ours) {
  return {.address = address,
          .language = source_.language,
          .local_assets = local_assets(address),
          .is_ours = is_ours,
          .json = parser_,
          .rdf = rdf_};
}

DocumentReader::Read DocumentReader::replay(StoredDocuments::Entry&& entry) {
  auto& document = entry.document;
  auto const* const format =
      document.format.empty() ? formats::recognise(document.bytes) : formats::find(document.format);
  if (format == nullptr) {
    auto const name = document.format;
    return refused(std::move(document), FindingCode::unexpected_root, "", name);
  }
  return read_as(*format, std::move(document), {}, entry.is_body);
}

std::string DocumentReader::local_assets(std::string_view address) const {
  if (source_.asset_folder.empty()) return {};
  auto const path =
      address.starts_with(file_scheme) ? address.substr(file_scheme.size()) : std::string_view();
  auto const folder = std::filesystem::path(path).parent_path().generic_string();
  return source_.name + "/" + (folder.empty() ? "" : folder + "/");
}

DocumentReader::Read DocumentReader::read_as(formats::Format const& format,
                                             store::Document&& document,
                                             std::string const& collection, bool is_ours) {
  auto context = context_of(document.address, is_ours);
  if (names_documents(source_)) context.native_id = document.native_id;
  marks_.clear();
  auto reading = format.read(document.bytes, context);
  if (!reading) {
    auto finding = reading.error();
    return catalogue::Refused{.document = std::move(document), .finding = std::move(finding)};
  }
  if (auto* const item = std::get_if<model::Item>(&reading->resource)) {
    catalogue::ItemPut put{.item = in_collection(std::move(*item), collection, source_),
                           .hash = document.hash,
                           .findings = std::move(reading->findings),
                           .format = std::string(format.name),
                           .prepared = {}};
    if (ahead_ && ahead_->preparer != nullptr) put.prepared = prepared(put.item);
    return put;
  }
  rules_.apply(document.bytes, context, *reading, keeps_marks_ ? &marks_ : nullptr);
  auto& read = std::get<model::Record>(reading->resource);
  auto const name =
      context.native_id.empty() ? kept_id(source_, read->native_id) : context.native_id;
  auto record = named(std::move(read), name);
  document.native_id = record->native_id;
  catalogue::RecordPut put{.record = std::move(record),
                           .document = std::move(document),
                           .findings = std::move(reading->findings)};
  if (ahead_ && against_ != Against::ids) prepare(put);
  return put;
}

/// Whether somebody corrects the record does not matter: what is made of it is no promise.
void DocumentReader::prepare(catalogue::RecordPut& put) {
  auto write = catalogue::record_write(source_.name, put.record, {}, ahead_->languages);
  if (ahead_->preparer != nullptr) {
    ahead_->preparer->prepare(write);
    ahead_->preparer->prepare(put.document);
  }
  put.prepared = {.write = std::move(write), .languages = ahead_->languages};
}

/// Whose item it will turn out to be does not matter: the preparer's word is no promise.
store::PreparedBody DocumentReader::prepared(model::Item const& item) {
  constexpr std::size_t most = 1'000;
  auto found = collections_.find(item->collection);
  if (found == collections_.end()) {
    auto number = reader_.record_by_native(source_.name, item->collection);
    if (!number) number = reader_.record_by_id(item->collection);
    if (!number) return {};
    if (collections_.size() >= most) collections_.clear();
    found = collections_.emplace(item->collection, *number).first;
  }
  return ahead_->preparer->prepare(found->second, item->body);
}

} // namespace terracat::run
