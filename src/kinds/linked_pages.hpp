#pragma once

#include "kinds/counted_list.hpp"

#include <terracat/json.hpp>
#include <terracat/kind.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds {

/// What a kind says of a list in pages of JSON that each link to the next one.
struct LinkedList {
  std::string first_url; ///< its parameters come back in the links to the other pages
  std::string query;     ///< what else a checkpoint refers to: options that change documents
  std::string expected;  ///< "catalogue of a data store", for who is told that there is none
  std::size_t most = 0;  ///< a list that says that it has more entries is refused, and one that has
                         ///< more although it does not say so is cut short
  std::string narrower;  ///< what would make it shorter, for the same person
  /// Where no number is announced, a page that names no next one is the last. False where servers
  /// leave the link out, too, if they have enough of it.
  bool trusts_last_page = true;
  /// How many entries of a page are handed on together, where each is a request of its own: a
  /// server may have more on its pages than it was asked for. 0: all of them.
  std::size_t most_at_once = 0;
};

/// Goes through such a list. A link to another host is not followed: the list is cut short there.
///
/// Complete: the list ended, with as many distinct entries as announced, and each was had; where
/// none are announced and the kind trusts it, its last page named no next one, and nothing came
/// twice. An empty list proves nothing.
class LinkedPages : public Harvester {
 public:
  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override;

  [[nodiscard]] bool complete() const noexcept override { return list_.is_complete(); }

 protected:
  /// The fetcher outlives this.
  LinkedPages(fetch::Fetcher& fetcher, What what) : fetcher_(fetcher), what_(what) {}

  /// Has to be called before `next`. \param checkpoint  may be empty
  void begin(LinkedList list, std::string_view checkpoint);

  /// The entries of a page, an array; anything else refuses the page.
  [[nodiscard]] virtual std::optional<json::Value> entries_of(json::Value const& root) const = 0;

  [[nodiscard]] virtual std::optional<std::size_t> total_of(json::Value const& root) const = 0;

  /// The address of the next page as it is written; empty if there is none.
  [[nodiscard]] virtual std::string next_of(json::Value const& root) const = 0;

  /// Hands an entry to the list and, if it is new, its document to the page.
  virtual void take(json::Value const& entry, CountedList& list, Page& page,
                    std::stop_token const& stop) = 0;

  /// Where to go on in the place of the page that the server names next, or of none.
  /// \param next  empty: the server named none
  [[nodiscard]] virtual std::string place_instead(std::string next) { return next; }

  /// Where to go on if the server refuses a page for its place. \return  empty: nowhere else
  [[nodiscard]] virtual std::string place_after_refusal() { return {}; }

  [[nodiscard]] What what() const noexcept { return what_; }

  [[nodiscard]] fetch::Fetcher& fetcher() const noexcept { return fetcher_; }

  [[nodiscard]] CountedList const& list() const noexcept { return list_; }

  [[nodiscard]] CountedList& list() noexcept { return list_; }

  /// What a checkpoint refers to.
  [[nodiscard]] std::string query() const;

 private:
  /// A page that was fetched, and how many of its entries were handed on.
  struct Fetched {
    json::Document document;
    std::string url;
    std::size_t taken = 0;
  };

  enum class Went : std::uint8_t { to_the_end, so_far, too_far };

  [[nodiscard]] Fetched fetch_page(Page& page, std::stop_token const& stop);
  [[nodiscard]] fetch::Response fetched(std::stop_token const& stop);
  [[nodiscard]] Went take_entries(json::Value const& entries, std::size_t& taken, Page& page,
                                  std::stop_token const& stop);
  [[nodiscard]] std::string place_after(json::Value const& root, std::string_view url, Page& page);

  fetch::Fetcher& fetcher_;
  What what_;
  LinkedList told_;
  CountedList list_;               ///< its places are addresses
  std::size_t taken_ = 0;          ///< distinct entries of this run
  std::optional<Fetched> fetched_; ///< of which there is more
};

} // namespace terracat::kinds
