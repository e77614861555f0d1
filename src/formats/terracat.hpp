#pragma once

#include <terracat/json.hpp>
#include <terracat/record.hpp>

#include <string>
#include <string_view>
#include <vector>

/// What catalogues of this program tell one another of a record beside the record itself: which of
/// them it came through.
namespace terracat::formats {

/// A member of answered records and collections: the catalogues that a record came through, the one
/// first that had it first. Absent where a record came from no other catalogue of this program.
/// `[{"catalogue":"https://a.example","title":"A","id":"rain","source":"gauges",
/// "origin":"https://gauges.example/rain.xml","changed":"2026-11-27T09:00:00Z"},…]`
inline constexpr std::string_view via_member = "terracat:via";

/// A catalogue on the way of a record.
struct Station {
  /// Its public address, by which it is known. Empty: it has none, and is known by nothing; it only
  /// counts as one more on the way.
  std::string catalogue;
  std::string title;   ///< as it calls itself; may be empty
  std::string id;      ///< of the record there
  std::string source;  ///< whose record it is there; may be empty
  std::string origin;  ///< address of the document that it was read from; may be empty
  std::string changed; ///< when it last changed there, RFC 3339; may be empty

  friend bool operator==(Station const&, Station const&) = default;
};

using Chain = std::vector<Station>;

/// A record that came through more of them is not taken: who harvests whom has become a tangle.
inline constexpr std::size_t most_stations = 8;

/// Reads the member as somebody wrote it: what is no station is left out, and of a chain that is
/// too long only enough is read to show that it is. Who names no address at all is a station, too;
/// who names one that is none of the web is not.
[[nodiscard]] Chain read_chain(json::Value const& value);

/// The chain of a record; empty if it came from no other catalogue.
[[nodiscard]] Chain chain_of(model::RecordParts const& record);

/// Keeps a chain with the record, in the place of the one that it has.
void keep_chain(model::RecordParts& record, Chain const& chain);

/// The value of the member.
[[nodiscard]] std::string chain_text(Chain const& chain);

/// Where the record is found at a station, for links; empty if nobody knows where that is.
[[nodiscard]] std::string address_at(Station const& station);

/// True if both are one catalogue: its scheme, the case of its host and a slash at the end do not
/// tell catalogues apart. \return  false if either is empty
[[nodiscard]] bool is_same_catalogue(std::string_view one, std::string_view other);

} // namespace terracat::formats
