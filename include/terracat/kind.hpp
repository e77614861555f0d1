#pragma once

#include <terracat/fetch.hpp>
#include <terracat/finding.hpp>
#include <terracat/instant.hpp>
#include <terracat/source.hpp>

#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::rdf {
class Parser;
} // namespace terracat::rdf

namespace terracat::data {
class Reader;
} // namespace terracat::data

namespace terracat::kinds {

/// What a harvester works with; all outlive it.
struct Means {
  // NOLINTNEXTLINE(google-explicit-constructor): most kinds need nothing else
  Means(fetch::Fetcher& fetches, rdf::Parser* parses_rdf = nullptr,
        data::Reader* reads_data = nullptr) noexcept
      : fetcher(fetches), rdf(parses_rdf), data(reads_data) {}

  fetch::Fetcher& fetcher;
  rdf::Parser* rdf;   ///< for kinds whose protocol is written in RDF; may be null
  data::Reader* data; ///< for kinds that make items of files of data; may be null
};

/// What a run wants of a source.
enum class What : std::uint8_t {
  documents,
  ids, ///< only which documents there are: their bytes may be left out, if their ids are known
};

/// What a complete run is a proof of.
enum class Coverage : std::uint8_t {
  records,    ///< the source has no other records; of items nothing is known
  everything, ///< it has no other records and items
};

/// A document as fetched. One with an id, and an item with its collection, is compared with what
/// the catalogue has before it is read; without, it is read each time.
struct RawDocument {
  std::string native_id; ///< as the protocol calls it; empty if only the document knows
  std::string format;    ///< a name of formats::all(); empty: find out
  std::string bytes;
  std::string address;    ///< of this document, or of the page that it came with
  std::string collection; ///< of an item: the one it names, else that of the list it stood in
};

/// A part of an answer that is no document: kept in the run's report, and the run goes on.
struct Failure {
  std::string native_id; ///< if known
  Finding finding;
  std::string collection = {}; ///< of an item whose id is known
};

/// Something that the source says it has no more.
struct Gone {
  std::string native_id;
  std::string collection; ///< of an item, as the source calls it; else empty
};

/// What one step of a harvest brought.
struct Page {
  std::vector<RawDocument> documents;
  std::vector<Failure> failures;

  /// It goes at once, after the documents, if there is no more of it than the source's brake lets
  /// go. Only who asks for changes may say it: a walk through everything shows it by itself.
  std::vector<Gone> gone;

  /// What the source says beside its documents, for the log: lines of bounded length and number.
  std::vector<std::string> remarks;

  /// Where to go on after this page, for `start`. It is stored in the same transaction as the
  /// page's documents, so a run that dies is continued without loss and without repetition.
  /// Empty: this kind begins again each time.
  std::string checkpoint;

  /// How many documents the source says it has, if it does.
  std::optional<std::size_t> announced;
};

/// The source broke its protocol so that the run cannot go on.
class ProtocolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The checkpoint is of no use any more: the source was configured anew since. The run begins
/// again.
class StaleCheckpoint : public ProtocolError {
 public:
  using ProtocolError::ProtocolError;
};

/// The source cannot be asked for what has changed: it has to be asked for everything.
class ChangesUnknown : public ProtocolError {
 public:
  using ProtocolError::ProtocolError;
};

/// One run over one source, page by page. One thread.
class Harvester {
 public:
  Harvester() = default;
  Harvester(Harvester const&) = delete;
  Harvester& operator=(Harvester const&) = delete;
  Harvester(Harvester&&) = delete;
  Harvester& operator=(Harvester&&) = delete;
  virtual ~Harvester() = default;

  /// \return  nothing after the last page
  /// \throws fetch::FetchError, ProtocolError  if the run cannot go on; what was handed out before
  ///         stays valid
  [[nodiscard]] virtual std::optional<Page> next(std::stop_token stop) = 0;

  /// True if the run brought all that the source has, by the proof that the kind states. Asked
  /// after the last page; deletions are drawn from complete runs only.
  [[nodiscard]] virtual bool complete() const noexcept = 0;

  /// Where `start_changes` is to begin once this run was complete; it is given as the checkpoint.
  /// Empty: the moment since when is all that it needs.
  [[nodiscard]] virtual std::string cursor() const { return {}; }

  /// What of the source it looks for.
  [[nodiscard]] virtual Coverage coverage() const noexcept { return Coverage::everything; }
};

/// A kind is one folder of this room and one row of kinds.cpp.
struct Kind {
  std::string_view name;    ///< as in configurations: "csw"
  std::string_view summary; ///< one line for `terracat sources kinds`

  /// JSON Schema of `Source::options`, an object. `start` is given the options as they were
  /// configured; kinds/options.hpp reads them with the defaults of the schema, which stand nowhere
  /// else. An option without a default may be absent.
  std::string_view options_schema;

  /// What shows that a run was complete, in one sentence; empty if nothing can.
  std::string_view proof;

  /// Null if nothing is fetched: what such a source owns is brought to it. The source's address is
  /// not empty; one without a scheme is a path, made absolute.
  /// \param checkpoint  of the last page that was stored; empty at the beginning
  /// \param what        a kind that cannot have ids for less brings documents all the same
  /// \throws StaleCheckpoint  if the checkpoint cannot be gone on from: that of a run that wanted
  ///                          something else is of no use
  /// \throws ProtocolError    if an option makes no sense
  std::unique_ptr<Harvester> (*start)(Source const& source, Means means,
                                      std::string_view checkpoint, What what);

  /// Like `start`, but only for what has changed at the source since then, as far as the source
  /// itself tells; null if the protocol has no way to ask. Such a run says nothing of what has not
  /// changed: `complete` is that all that has was brought.
  /// \param checkpoint  of the last page that was stored, or Harvester::cursor of the last run, if
  ///                    this was complete
  /// \throws ChangesUnknown  so does `next` before the first page: this source cannot be asked
  std::unique_ptr<Harvester> (*start_changes)(Source const& source, Means means,
                                              std::string_view checkpoint,
                                              model::Instant since) = nullptr;

  /// The protocol names the documents: `RawDocument::native_id` is the record's, and what the
  /// document calls itself is one more identifier.
  bool names_documents = false;
};

[[nodiscard]] std::span<Kind const> all() noexcept;

/// \return  null if there is no kind of that name
[[nodiscard]] Kind const* find(std::string_view name) noexcept;

} // namespace terracat::kinds
