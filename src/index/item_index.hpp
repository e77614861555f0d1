#pragma once

#include "index/loading.hpp"

#include <atomic>
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
  bool is_loaded = false;      ///< from segments that were kept; else the items were read
  std::size_t changes = 0;     ///< items that came, changed or went since those were written
  Refusal refusal;             ///< why they were of no use
  std::string failure;         ///< empty: none. With one there is no index, and the store answers
};

/// The index of the items of a store: a version for each of the last states, so that a view finds
/// the one of exactly its state, or none.
///
/// It is derived: `build` makes it from what the store holds, on a thread of its own, and what the
/// writer does meanwhile is added before a version appears. If the store has segments that fit, it
/// is made of these and of what has changed since; else places are read first, which does not
/// take long; the versions made of them know no property, until others take their place, for which
/// as many threads read bodies as there are readers. What commits fill one after the other is
/// shared out anew by a thread, once there is enough of it (arrangement.hpp). `at` and
/// `wants_keeping` may be called by any thread; all else is for the one thread that writes, or for
/// whoever knows that nobody does.
class ItemIndex {
 public:
  /// \param piece  items that are read at a time: between two the builder looks whether it shall
  /// stop
  explicit ItemIndex(std::size_t piece = 2'500) noexcept : piece_(piece) {}

  ItemIndex(ItemIndex const&) = delete;
  ItemIndex& operator=(ItemIndex const&) = delete;
  ItemIndex(ItemIndex&&) = delete;
  ItemIndex& operator=(ItemIndex&&) = delete;

  /// Gives up building.
  ~ItemIndex() = default;

  /// Begins anew: there is no version until all is built. \pre no transaction is under way
  /// \param readers  one or more, each for a thread that reads bodies
  /// \param told     called on the thread that builds, unless building is given up
  void build(Readers readers, Layout layout, std::function<void(Built const&)> told);

  /// Has no version any more, and builds none, until `build`.
  void drop();

  /// Makes the version of the state that the transaction will commit.
  /// \param reader  reads the transaction
  void prepare(Sequence sequence, Changes changes, store::Reader& reader);

  /// The commit failed: the state was never true.
  void withdraw(Sequence sequence);

  /// So much of the newest version is not in the store that it is worth while to write it.
  [[nodiscard]] bool wants_keeping() const noexcept { return wants_keeping_; }

  /// Something of it is not in the store.
  [[nodiscard]] bool has_unkept();

  /// Writes a piece of it, which takes some milliseconds. What it throws puts the rest off.
  /// \pre no transaction is under way
  void keep(store::Writer& writer);

  /// Writes all of it, unless that would take seconds. \pre likewise
  void keep_rest(store::Writer& writer);

  /// Has somebody told, on another thread, when segments were arranged, which are worth keeping.
  /// Before anything else.
  void when_arranged(std::function<void()> told) { when_arranged_ = std::move(told); }

  /// Waits until no segments are being arranged.
  void finish_arranging();

  /// It cannot be kept now, and not before much has changed again.
  void put_off_keeping();

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

  /// Changes after which the newest version is written: to read so many takes a fraction of a
  /// second.
  static constexpr std::size_t many_changes = 20'000;

  void make(std::stop_token const& stop, Readers& readers, Layout const& layout,
            std::function<void(Built const&)> const& told);
  /// \return  null if it was stopped
  std::shared_ptr<Version const> load_or_read(std::stop_token const& stop, Readers& readers,
                                              Layout const& layout, Built& built);
  std::shared_ptr<Version const> read_all(std::stop_token const& stop, Readers& readers,
                                          Layout const& layout, Built& built);
  /// Makes versions of what was read: of its last state, and of all since then.
  /// \param read  the last state of which something was read
  /// \return  the newest one
  std::shared_ptr<Version const> catch_up(std::shared_ptr<Version const> version, Sequence read,
                                          Progress progress);
  void begin_keeping(Keeper keeper, std::size_t unkept);
  /// Has a thread make a shelf of what commits have filled, if there is enough of it and no other
  /// is being made. \pre steps_ is held
  void begin_arranging(std::shared_ptr<Version const> const& version);
  void arrange(std::stop_token const& stop, Version const& version, std::vector<Part> const& parts);
  /// \return  whether they stand in the newest version now
  [[nodiscard]] bool put_in_place(std::stop_token const& stop,
                                  std::vector<std::shared_ptr<Segment const>> const& shelf,
                                  std::vector<Part> const& parts);
  void aim_at_newest();
  /// \pre steps_ is held
  void note_keeping();
  void publish(Sequence sequence, std::shared_ptr<Version const> version);

  std::size_t const piece_;
  std::function<void()> when_arranged_ = [] {};

  std::mutex steps_; ///< guards those below it: a transaction, or the end of building
  Progress progress_ = Progress::none;
  std::shared_ptr<Properties const> properties_;
  std::deque<Waiting> waiting_;
  Keeper keeper_;
  bool is_arranging_ = false;
  std::size_t unkept_ = 0; ///< changes since the last version that the keeper was given
  std::atomic<bool> wants_keeping_ = false;

  mutable std::mutex mutex_; ///< guards versions_
  std::map<Sequence, std::shared_ptr<Version const>> versions_;

  // The last members: they use all the others.
  std::jthread builder_;
  std::jthread arranger_;
};

} // namespace terracat::index
