#pragma once

#include "catalogue/batch.hpp"
#include "catalogue/view.hpp"
#include "run/stored.hpp"

#include <terracat/format.hpp>
#include <terracat/kind.hpp>
#include <terracat/source.hpp>

#include <functional>

namespace terracat::run {

/// What a document is compared with before it is read.
enum class Against : std::uint8_t {
  nothing, ///< read it in any case
  known,   ///< a document that is what it was is not read again
  ids,     ///< only what it is called is wanted: it is read if nothing else tells
};

/// What time it is.
using Clock = std::function<model::Instant()>;

/// Reads the documents of one source into what a batch holds. One thread.
class DocumentReader {
 public:
  /// \param reader  of what the catalogue knows already
  DocumentReader(Source const& source, Against against, store::Reader& reader,
                 Clock now = &model::Instant::now)
      : source_(source), against_(against), reader_(reader), now_(std::move(now)) {}

  /// Looks at the catalogue as it is now, until `end`. A state that is held hinders checkpoints, so
  /// none is held while a source is waited for.
  void begin() { reader_.begin(); }

  void end() noexcept { reader_.end(); }

  using Read = catalogue::Document;

  /// \pre between begin and end
  [[nodiscard]] Read read(kinds::RawDocument&& raw);

  /// Reads what the catalogue keeps again, as after a change of its format's mapping.
  [[nodiscard]] Read replay(StoredDocuments::Entry&& entry);

 private:
  /// What was made of exactly this document. \return  nothing if it is new or changed
  [[nodiscard]] std::optional<store::Resource> known(kinds::RawDocument const& raw,
                                                     std::uint64_t hash);
  [[nodiscard]] Read read_whole(kinds::RawDocument&& raw, std::uint64_t hash);
  [[nodiscard]] std::string local_assets(std::string_view address) const;
  [[nodiscard]] Read read_as(formats::Format const& format, store::Document&& document,
                             std::string const& collection, bool is_ours);

  Source const& source_;
  Against against_;
  store::Reader& reader_;
  Clock now_;
  json::Parser parser_;
};

} // namespace terracat::run
