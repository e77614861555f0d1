#pragma once

#include <terracat/store.hpp>

#include <string>

namespace terracat::store {

enum class Access : std::uint8_t {
  write, ///< the one process that writes; makes the store if there is none
  serve, ///< likewise, but a start cannot wait for the proof of the whole structure that opening is
         ///< otherwise: who serves makes it afterwards, by Store::check
  read,  ///< beside whoever writes; the store must be there
  still, ///< of what nobody writes, as a backup: nothing is made beside it
};

/// Opens the store that a configuration names: `memory:`, or the path of a catalogue file.
/// \throws StoreError  with a sentence for the operator
[[nodiscard]] std::unique_ptr<Store> open_store(std::string const& name, Access access);

/// The place of a store that a configuration names, held against all who would write it.
class HeldPlace {
 public:
  struct Replaced {
    Revision revision;         ///< of what stands there now, its epoch a new one
    std::string kept;          ///< where what stood there is now; empty: nothing did
    std::vector<Fault> faults; ///< that the copy had: values that are not what was written
  };

  HeldPlace() = default;
  HeldPlace(HeldPlace const&) = delete;
  HeldPlace& operator=(HeldPlace const&) = delete;
  HeldPlace(HeldPlace&&) = delete;
  HeldPlace& operator=(HeldPlace&&) = delete;
  virtual ~HeldPlace() = default;

  /// Lets a copy be the store from now on. Killed at any instant, the store is the one before or
  /// the new one.
  /// \param copy  a file that `Store::copy_to` wrote; it stays
  virtual Replaced replace(std::string const& copy,
                           std::function<void(double done)> const& progress) = 0;
};

/// \throws StoreError  locked, naming who writes it; other, if such a store has no place
[[nodiscard]] std::unique_ptr<HeldPlace> hold_place(std::string const& name);

/// Lets SQLite count no memory: each of its allocations would wait for the one lock of all threads.
/// Before the first store is opened, or without effect.
void spare_memory_statistics() noexcept;

/// Of the SQLite library that is in use.
[[nodiscard]] std::string_view sqlite_version() noexcept;

} // namespace terracat::store
