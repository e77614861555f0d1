#pragma once

#include "store/sqlite/body_reader.hpp"
#include "store/sqlite/sqlite_preparer.hpp"

#include <unordered_map>
#include <vector>

namespace terracat::store {

/// Compresses bodies with the newest dictionary of their collection, and learns dictionaries from
/// the bodies that came last: the first one as soon as there are enough of them, another one when
/// there are many more than a small one was learned from, or new ones take more room than they
/// should.
///
/// Within the writer's transactions. A dictionary is kept only if it makes bodies that it was not
/// learned from smaller by a tenth. Learning takes some 30 ms.
class BodyPacker {
 public:
  /// \param newest  is told which dictionaries these are
  /// All outlive this.
  BodyPacker(Connection& connection, BodyReader& bodies, NewestDictionaries& newest)
      : connection_(connection), bodies_(bodies), newest_(newest) {}

  /// \param prepared  is taken if it is what would be made of the body now
  /// \return  valid until the next call, and as long as `prepared` is
  [[nodiscard]] std::string_view pack(std::int64_t collection, std::string_view body,
                                      PreparedBody const& prepared);

  /// The body that was packed last is that of the item.
  void note(std::int64_t collection, std::int64_t item);

  /// Dictionaries may have gone: that the transaction was rolled back is one reason.
  void forget() noexcept;

 private:
  /// How well bodies of a collection are compressed.
  struct Fit {
    std::shared_ptr<Packing const> dictionary; ///< shared with preparers; null: there is none
    double share = 1;                          ///< of their bytes that bodies are to take
    std::vector<std::int64_t> recent;          ///< items of bodies that came last; a ring when full
    std::size_t oldest = 0;                    ///< in the ring
    std::size_t seen = 0;                      ///< bodies that were noted since the last learning
    std::size_t due = 0;     ///< learning is, when so many were noted; 0: it is not
    std::size_t counted = 0; ///< bodies of the sums below
    std::size_t bytes = 0;
    std::size_t packed = 0;
  };

  Fit& fit_of(std::int64_t collection);
  void find_dictionary(std::int64_t collection, Fit& fit);
  void find_recent(std::int64_t collection, Fit& fit);
  [[nodiscard]] static bool is_due(Fit const& fit) noexcept;
  void learn(std::int64_t collection, Fit& fit);
  [[nodiscard]] std::vector<std::string> samples(Fit const& fit);
  [[nodiscard]] std::size_t size_of_all(std::vector<std::string> const& bodies,
                                        Packing const* dictionary);
  void keep(std::int64_t collection, std::string const& dictionary, DictionaryNumber number,
            double share);

  Connection& connection_;
  BodyReader& bodies_;
  NewestDictionaries& newest_;
  Codec codec_;
  std::string packed_;                         ///< the last body
  std::unordered_map<std::int64_t, Fit> fits_; ///< by collection
};

} // namespace terracat::store
