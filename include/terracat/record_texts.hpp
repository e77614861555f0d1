#pragma once

#include <string>

namespace terracat::store {

/// The texts that answers are made of; their forms are those of formats/ (stac_text.hpp,
/// record_json.hpp), and a store only keeps them.
struct RecordTexts {
  std::string record;    ///< the whole record
  std::string body;      ///< as a STAC Collection, open; empty if it is none
  std::string extent;    ///< the member of that name; empty if the source did not say
  std::string summaries; ///< likewise

  friend bool operator==(RecordTexts const&, RecordTexts const&) = default;
};

/// The texts and words of a record as a store's Preparer made them; it says nothing to anybody but
/// that store.
struct PreparedRecord {
  RecordTexts texts;
  std::string words;
};

} // namespace terracat::store
