#include "helper/library.hpp"

#include <dlfcn.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace terracat::helper {
namespace {

[[noreturn]] void fail(std::string const& what) {
  throw std::system_error(ELIBACC, std::generic_category(), what);
}

} // namespace

SharedLibrary::SharedLibrary(char const* file)
    : handle_(::dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)) {
  if (handle_ == nullptr) fail(file);
}

void SharedLibrary::Closer::operator()(void* library) const noexcept {
  ::dlclose(library);
}

void* SharedLibrary::address(char const* name) const {
  return ::dlsym(handle_.get(), name);
}

void* SharedLibrary::needed(char const* name) const {
  auto* const out = address(name);
  if (out == nullptr) fail(name);
  return out;
}

} // namespace terracat::helper
