#pragma once

#include "store/sqlite/codec.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/functions.hpp"
#include "store/sqlite/item_search.hpp"

#include <terracat/revision.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::store {

/// What items say in words (query/words.hpp), as the file has it: `item_words` keeps exactly what
/// was indexed, of items that say something, for the index of FTS5 keeps no text of its own and can
/// only forget one if somebody tells it what it was.
class ItemWords {
 public:
  /// Both outlive this. \param functions  that read the connection's bodies
  ItemWords(Connection const& connection, Functions& functions)
      : connection_(connection), functions_(functions) {}

  /// \param words  of query::words_in_body; empty: it says nothing
  void put(std::int64_t item, std::string_view words, bool is_new);
  void remove(std::int64_t item);

  /// Empty if it says nothing. \throws StoreError  corrupt
  [[nodiscard]] std::string words_of(std::int64_t item);

  /// The items in which the phrase stands, in order. \param phrase  words parted by blanks
  [[nodiscard]] std::vector<ItemNumber> find(std::string_view phrase);

  /// Makes all anew from the bodies; of one that is damaged what is kept stays. An index of FTS5
  /// without texts cannot be proven, so that nothing less makes sure of it.
  /// \return  whether all was as it should be, as far as can be told
  bool rebuild();

 private:
  void add(std::int64_t item, std::string_view words);
  [[nodiscard]] bool is_indexed(std::int64_t item);
  void drop(std::int64_t item);
  void forget(std::int64_t item);

  /// The index is whole, and of as many items as words are kept of.
  [[nodiscard]] bool has_index_of_kept();

  /// Calls `each` with the number of each item and what its body says; nothing: it is damaged.
  template<class Each>
  void for_each_body(Each const& each) const;

  Connection const& connection_;
  Functions& functions_;
  Codec codec_;
  StatementCache statements_{connection_};
};

/// The phrase as FTS5 asks for it. \param phrase  words parted by blanks, which have no quotes
[[nodiscard]] inline std::string quoted_phrase(std::string_view phrase) {
  return '"' + std::string(phrase) + '"';
}

} // namespace terracat::store
