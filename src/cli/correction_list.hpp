#pragma once

#include <terracat/store.hpp>

#include <optional>
#include <string>
#include <vector>

/// Corrections as a data manager sees them.
namespace terracat::cli {

/// A correction, beside what it stands instead of.
struct ShownCorrection {
  /// What it does at this moment.
  enum class State : std::uint8_t {
    applied,
    needless,    ///< the source says the same by now
    record_gone, ///< kept in case the record comes back
    unknown,     ///< of a field that this program does not know
  };

  store::Correction correction;
  State state = State::applied;
  std::string said; ///< by the source; empty: nothing
};

struct CorrectedRecord {
  std::string id; ///< public; the native one if the record is gone
  std::string source;
  std::string native_id;
  std::string title; ///< as it is answered; empty if the record is gone
  bool is_there = false;
  std::vector<ShownCorrection> corrections;
};

/// \pre the reader has a state
/// \param languages  of the site
[[nodiscard]] CorrectedRecord corrected_record(store::Reader& reader, std::string const& source,
                                               std::string const& native_id,
                                               std::vector<std::string> const& languages);

/// All records that have corrections, whether they are there or not.
[[nodiscard]] std::vector<CorrectedRecord>
corrected_records(store::Reader& reader, std::vector<std::string> const& languages);

/// For a terminal, with everything there is to know.
[[nodiscard]] std::string to_text(CorrectedRecord const& record);

/// A table, one line for each correction.
[[nodiscard]] std::string to_text(std::vector<CorrectedRecord> const& records);

/// One JSON object on one line.
[[nodiscard]] std::string to_json(CorrectedRecord const& record);
[[nodiscard]] std::string to_json(std::vector<CorrectedRecord> const& records);

} // namespace terracat::cli
