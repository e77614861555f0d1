#pragma once

#include <memory>

namespace terracat::helper {

/// A library of C, loaded when it is wanted: the program starts without it. It is never unloaded,
/// for what it brings along forgets memory when it is.
class SharedLibrary {
 public:
  /// \param file  as the dynamic linker finds it
  /// \throws std::system_error  ELIBACC, if it is not installed
  explicit SharedLibrary(char const* file);

  /// \throws std::system_error  ELIBACC, if the library is not the one that is meant
  template<class Function>
  void find(char const* name, Function*& function) const {
    function = reinterpret_cast<Function*>(needed(name)); // NOLINT: what dlsym() is for
  }

  /// \return  null if it has no such function
  template<class Function>
  [[nodiscard]] Function* optional(char const* name) const {
    return reinterpret_cast<Function*>(address(name)); // NOLINT: likewise
  }

 private:
  [[nodiscard]] void* address(char const* name) const;
  [[nodiscard]] void* needed(char const* name) const;

  struct Closer {
    void operator()(void* library) const noexcept;
  };

  std::unique_ptr<void, Closer> handle_;
};

/// A library with the functions that are used of it. \tparam Functions  pointers to them
template<class Functions>
class Library {
 public:
  [[nodiscard]] Functions const& operator*() const noexcept { return functions_; }

  [[nodiscard]] Functions const* operator->() const noexcept { return &functions_; }

 protected:
  /// \throws std::system_error  as of SharedLibrary
  explicit Library(char const* file) : shared_(file) {}

  [[nodiscard]] SharedLibrary const& shared() const noexcept { return shared_; }

  [[nodiscard]] Functions& functions() noexcept { return functions_; }

 private:
  SharedLibrary shared_;
  Functions functions_{};
};

} // namespace terracat::helper
