#pragma once

#include "index/version.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace terracat::index {

/// How building the index went.
struct Built {
  std::size_t items = 0;
  std::size_t bytes = 0;
  double seconds = 0;
  double seconds_to_first = 0; ///< until there was a version, which had no properties yet
  std::string failure;         ///< empty: none. With one there is no index, and the store answers
};

/// The index of the items of a store: a version for each of the last states, so that a view finds
/// the one of exactly its state, or none.
///
/// It is derived: `build` makes it from what the store holds, on a thread of its own, and what the
/// writer does meanwhile is added before a version appears. Places are read first, which does not
/// take long; the versions made of them know no property, until others take their place. `at` may
/// be called by any thread; all else is for the one thread that writes, or for whoever knows that
/// nobody does.
class ItemIndex {
 public:
  /// \param piece  items that are read at a time: between two the builder looks whether it shall
  /// stop
  explicit ItemIndex(std::size_t piece = 10'000) noexcept : piece_(piece) {}

  ItemIndex(ItemIndex const&) = delete;
  ItemIndex& operator=(ItemIndex const&) = delete;
  ItemIndex(ItemIndex&&) = delete;
  ItemIndex& operator=(ItemIndex&&) = delete;

  /// Gives up building.
  ~ItemIndex() = default;

  /// Begins anew: there is no version until all is built. \pre no transaction is under way
  /// \param told    called on the thread that builds, unless building is given up
  void build(std::unique_ptr<store::Reader> reader, Layout layout,
             std::function<void(Built const&)> told);

  /// Has no version any more, and builds none, until `build`.
  void drop();

  /// Makes the version of the state that the transaction will commit.
  /// \param reader  reads the transaction
  void prepare(Sequence sequence, Changes changes, store::Reader& reader);

  /// The commit failed: the state was never true.
  void withdraw(Sequence sequence);

  /// \return  null if there is none (any more, or yet)
  [[nodiscard]] std::shared_ptr<Version const> at(Sequence sequence) const;

 private:
  enum class Progress : std::uint8_t {
    none,
    building, ///< changes wait until all items are read
    first,    ///< changes make versions without properties, and wait for those with them
    there,    ///< changes make versions
  };

  struct Waiting {
    Sequence sequence = 0;
    Delta delta;
  };

  static constexpr std::size_t most_versions = 16;

  void read_all(std::stop_token const& stop, store::Reader& reader, Layout layout,
                std::function<void(Built const&)> const& told);
  /// Makes versions of what was read: of its last state, and of all since then.
  /// \param read  the last state of which something was read
  /// \return  the newest one
  std::shared_ptr<Version const> catch_up(std::shared_ptr<Version const> version, Sequence read,
                                          Progress progress);
  void publish(Sequence sequence, std::shared_ptr<Version const> version);

  std::size_t const piece_;

  std::mutex steps_; ///< guards those below it: a transaction, or the end of building
  Progress progress_ = Progress::none;
  std::shared_ptr<Properties const> properties_;
  std::deque<Waiting> waiting_;

  mutable std::mutex mutex_; ///< guards versions_
  std::map<Sequence, std::shared_ptr<Version const>> versions_;

  std::jthread builder_; ///< the last member: it uses all the others
};

} // namespace terracat::index
