#pragma once

#include "catalogue/batch.hpp"
#include "catalogue/view.hpp"
#include "formats/rules/rule_set.hpp"
#include "run/stored.hpp"

#include <terracat/format.hpp>
#include <terracat/kind.hpp>
#include <terracat/source.hpp>

#include <functional>
#include <map>

namespace terracat::run {

/// What a document is compared with before it is read.
enum class Against : std::uint8_t {
  nothing, ///< read it in any case
  known,   ///< a document that is what it was is not read again
  ids,     ///< only what it is called is wanted: it is read if nothing else tells
};

/// With what the one thread that writes is spared work.
struct Ahead {
  store::Preparer* preparer = nullptr; ///< null: the store has nothing to be done ahead
  std::vector<std::string> languages;  ///< catalogue::Rules::languages
};

/// Reads the documents of one source into what a batch holds. One thread.
class DocumentReader {
 public:
  /// \param reader    of what the catalogue knows already
  /// \param rdf       for formats that want it; may be null
  /// \param ahead     nothing: all is left to who writes
  /// All outlive this.
  DocumentReader(Source const& source, Against against, store::Reader& reader,
                 rdf::Parser* rdf = nullptr, std::optional<Ahead> ahead = {});

  /// Looks at the catalogue as it is now, until `end`. A state that is held hinders checkpoints, so
  /// none is held while a source is waited for.
  /// \param fetched  when the documents were that are read until then
  void begin(model::Instant fetched = model::Instant::now()) {
    fetched_ = fetched;
    reader_.begin();
  }

  void end() noexcept { reader_.end(); }

  using Read = catalogue::Document;

  /// What became of a document: called once, or for each document that it consists of.
  using Each = std::function<void(Read&&)>;

  /// A document that its kind has a name for is one; any other is taken apart if its format says so
  /// (formats::Format::split).
  /// \pre between begin and end
  void read_each(kinds::RawDocument&& raw, Each const& each);

  /// Reads a document of one resource.
  /// \pre between begin and end
  [[nodiscard]] Read read(kinds::RawDocument&& raw);

  /// Reads what the catalogue keeps again, as after a change of its format's mapping.
  [[nodiscard]] Read replay(StoredDocuments::Entry&& entry);

  /// Remembers from now on what the source's own rules put.
  void keep_marks() noexcept { keeps_marks_ = true; }

  /// Of the document that was read last.
  [[nodiscard]] std::vector<formats::rules::Mark> const& marks() const noexcept { return marks_; }

 private:
  /// What was made of exactly this document. \return  nothing if it is new or changed
  [[nodiscard]] std::optional<store::Resource> known(kinds::RawDocument const& raw,
                                                     std::uint64_t hash);
  [[nodiscard]] Read read_whole(kinds::RawDocument&& raw, std::uint64_t hash);
  [[nodiscard]] formats::Format const* format_of(kinds::RawDocument const& raw) const;
  [[nodiscard]] formats::ReadContext context_of(std::string const& address, bool is_ours);
  [[nodiscard]] std::string local_assets(std::string_view address) const;
  [[nodiscard]] Read read_as(formats::Format const& format, store::Document&& document,
                             std::string const& collection, bool is_ours);
  [[nodiscard]] store::PreparedBody prepared(model::Item const& item);
  void prepare(catalogue::RecordPut& put);

  Source const& source_;
  Against against_;
  store::Reader& reader_;
  rdf::Parser* rdf_;
  std::optional<Ahead> ahead_;
  formats::rules::RuleSet rules_;
  bool keeps_marks_ = false;
  std::vector<formats::rules::Mark> marks_;
  model::Instant fetched_{0};
  json::Parser parser_;
  std::map<std::string, RecordNumber> collections_; ///< those that items named
};

} // namespace terracat::run
