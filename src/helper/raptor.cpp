#include "helper/raptor.hpp"

#include <dlfcn.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace terracat::helper::raptor {
namespace {

constexpr auto const* file = "libraptor2.so.0";

[[noreturn]] void fail(std::string const& what) {
  throw std::system_error(ELIBACC, std::generic_category(), what);
}

/// The loader of libxml2 for what a document says lies elsewhere: there is nothing.
void* no_entity(char const* /*address*/, char const* /*id*/, void* /*context*/) noexcept {
  return nullptr;
}

using EntityLoader = void* (*)(char const*, char const*, void*);

template<class Function>
void find(void* library, char const* name, Function& function) {
  auto* const address = ::dlsym(library, name);
  if (address == nullptr) fail(name);
  function = reinterpret_cast<Function>(address); // NOLINT: what dlsym() is for
}

} // namespace

void Library::Closer::operator()(void* library) const noexcept {
  ::dlclose(library);
}

// It is never unloaded: libraries that it brings along forget memory when they are.
Library::Library() : handle_(::dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)) {
  auto* const library = handle_.get();
  if (library == nullptr) fail(file);
  auto& it = functions_;
  find(library, "raptor_new_world_internal", it.new_world_internal);
  find(library, "raptor_world_set_flag", it.world_set_flag);
  find(library, "raptor_world_open", it.world_open);
  find(library, "raptor_free_world", it.free_world);
  find(library, "raptor_world_set_log_handler", it.world_set_log_handler);
  find(library, "raptor_new_parser", it.new_parser);
  find(library, "raptor_free_parser", it.free_parser);
  find(library, "raptor_parser_set_option", it.parser_set_option);
  find(library, "raptor_parser_set_statement_handler", it.parser_set_statement_handler);
  find(library, "raptor_parser_parse_start", it.parser_parse_start);
  find(library, "raptor_parser_parse_chunk", it.parser_parse_chunk);
  find(library, "raptor_parser_parse_abort", it.parser_parse_abort);
  find(library, "raptor_parser_get_locator", it.parser_get_locator);
  find(library, "raptor_new_uri", it.new_uri);
  find(library, "raptor_uri_as_counted_string", it.uri_as_counted_string);
  find(library, "raptor_free_uri", it.free_uri);
  void (*set_entity_loader)(EntityLoader) = nullptr; // of libxml2, which came along
  find(library, "xmlSetExternalEntityLoader", set_entity_loader);
  set_entity_loader(no_entity);
}

} // namespace terracat::helper::raptor
