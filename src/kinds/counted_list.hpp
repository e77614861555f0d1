#pragma once

#include "kinds/seen.hpp"

#include <terracat/json.hpp>
#include <terracat/kind.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace terracat::kinds {

/// The way through a list that comes in pages and says how many entries it has: where the next page
/// is, what came, and whether that is all. A kind asks for pages and reads them, and tells each of
/// them between `begin_page` and `end_page`; what is odd is added to its page.
///
/// Complete: the list ended, with as many distinct ids as it announced, and nothing failed.
class CountedList {
 public:
  CountedList() = default;

  /// \throws StaleCheckpoint  if the text is none of to_checkpoint, or of another query
  CountedList(std::string_view checkpoint, std::string_view query);

  /// \param query  what the list is of; another one makes the checkpoint useless
  [[nodiscard]] std::string to_checkpoint(std::string_view query) const;

  /// Where the next page is, in the words of the kind; empty: at the beginning.
  [[nodiscard]] std::string const& place() const noexcept { return place_; }

  /// The place as a number, 0 at the beginning, for lists whose places are offsets.
  [[nodiscard]] std::size_t offset() const noexcept;

  [[nodiscard]] std::optional<std::size_t> total() const noexcept { return total_; }

  /// False as long as no page came, in this run and those that it goes on from.
  [[nodiscard]] bool has_begun() const noexcept { return pages_ > 0 || breaks_ > 0; }

  [[nodiscard]] bool is_done() const noexcept { return done_; }

  [[nodiscard]] bool is_complete() const noexcept;

  /// For a list that broke off: what came stays, and is passed over when it comes again.
  /// \return  false if it is at its beginning, or was begun again before
  bool begin_again();

  /// To another place than the next page's.
  void go_to(std::string place) { place_ = std::move(place); }

  /// A slice of the list is read now: entries come again that came before, perhaps at the same
  /// places, and are passed over.
  void begin_slice() noexcept;

  [[nodiscard]] bool is_sliced() const noexcept { return is_sliced_; }

  /// How many distinct entries came.
  [[nodiscard]] std::size_t count() const noexcept { return seen_.size(); }

  /// \param total  how many entries the list says it has, if it does
  void begin_page(std::optional<std::size_t> total, Page& page);

  /// Takes the entries of a page, each by `take(entry)`: no more than were asked for, and until
  /// their documents have 16 MiB, whatever the server answers. The rest is for the next page.
  /// \return  how many were looked at
  template<class Entries, class Take>
  [[nodiscard]] std::size_t go_through(Entries const& entries, std::size_t most, Page& page,
                                       Take const& take);

  /// \return  true if the entry is new
  bool take(std::string_view id, Page& page);

  /// The document of an entry, where it had to be fetched.
  void give(RawDocument document, Page& page);

  /// False as long as no document was given, in this run and those that it goes on from.
  [[nodiscard]] bool has_given() const noexcept { return has_given_; }

  /// An entry that cannot be had.
  void lose(Failure failure, Page& page);

  /// An entry that does not say what it is called. \param where  JSON pointer into the entry
  void lose_unnamed(std::string_view where, json::Value const& entry, Page& page);

  /// The list did not say all that there is.
  void doubt(FindingCode code, std::string_view what, Page& page);

  /// For a list that announces no number: its protocol names every next page, and it named none. It
  /// is as long as what came then, unless something came twice: something else may be left out.
  void trust_end() noexcept;

  /// Ends what is handed on now within a page, of which there is more. A run that goes on from here
  /// asks for the page again, and passes over what came of it.
  void end_part(Page& page);

  /// \param next  where the next page is; empty: there is none
  void end_page(std::string next, bool is_empty, Page& page);

 private:
  static constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;

  [[nodiscard]] bool is_endless() const noexcept;
  void end(Page& page);

  std::string place_;
  std::size_t pages_ = 0;
  std::size_t idle_pages_ = 0; ///< in a row, that brought nothing new
  std::size_t breaks_ = 0;
  std::optional<std::size_t> total_;
  bool total_changed_ = false;
  std::size_t failed_ = 0;
  bool has_repeated_ = false;
  bool is_sliced_ = false;
  bool is_within_ = false; ///< a page, of which some was handed on
  bool unproven_ = false;  ///< the list ended otherwise than the protocol says
  bool done_ = false;
  bool has_given_ = false;

  SeenIds seen_;          ///< of the whole run
  bool knows_all_ = true; ///< false once there were too many ids for a checkpoint

  std::size_t seen_before_ = 0;             ///< the page
  bool is_resumed_ = false;                 ///< the page was begun by an earlier run
  bool has_rest_ = false;                   ///< the page was not looked at to its end
  std::unordered_set<std::uint64_t> asked_; ///< places of this run
};

template<class Entries, class Take>
std::size_t CountedList::go_through(Entries const& entries, std::size_t most, Page& page,
                                    Take const& take) {
  std::size_t looked_at = 0;
  std::size_t bytes = 0;
  for (auto const& entry : entries) {
    has_rest_ = looked_at == most || bytes >= most_bytes_on_page;
    if (has_rest_) break;
    ++looked_at;
    auto const had = page.documents.size();
    take(entry);
    if (page.documents.size() > had) bytes += page.documents.back().bytes.size();
  }
  return looked_at;
}

/// A number of entries as JSON says it; absent if it is none.
[[nodiscard]] std::optional<std::size_t> count_of(std::optional<json::Value> const& value);

/// For an answer that is no page of such a list.
/// \param expected  "list of DataCite", for the sentence
/// \throws ProtocolError  always
[[noreturn]] void refuse_page(std::string_view body, std::string_view expected);

} // namespace terracat::kinds
