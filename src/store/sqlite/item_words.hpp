#pragma once

#include "store/sqlite/codec.hpp"
#include "store/sqlite/database.hpp"
#include "store/sqlite/functions.hpp"

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

  /// Makes all anew from the bodies; of one that is damaged what is kept stays.
  void rebuild();

  /// True if what is kept is what the bodies say, damaged ones apart, and as many are indexed. What
  /// is indexed of each only `rebuild` makes sure of.
  [[nodiscard]] bool is_sound();

 private:
  [[nodiscard]] Statement& statement(std::optional<Statement>& kept, char const* sql);
  void add(std::int64_t item, std::string_view words);
  [[nodiscard]] bool is_indexed(std::int64_t item);
  void drop(std::int64_t item);
  void forget(std::int64_t item);

  /// Calls `each` with the number of each item and what its body says; nothing: it is damaged.
  template<class Each>
  void for_each_body(Each const& each) const;

  Connection const& connection_;
  Functions& functions_;
  Codec codec_;
  std::optional<Statement> add_;
  std::optional<Statement> drop_;
  std::optional<Statement> keep_;
  std::optional<Statement> forget_;
  std::optional<Statement> kept_words_;
  std::optional<Statement> find_;
  std::optional<Statement> is_indexed_;
};

/// The phrase as FTS5 asks for it. \param phrase  words parted by blanks, which have no quotes
[[nodiscard]] inline std::string quoted_phrase(std::string_view phrase) {
  return '"' + std::string(phrase) + '"';
}

} // namespace terracat::store
