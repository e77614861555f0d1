#include "helper/raptor.hpp"

namespace terracat::helper::raptor {
namespace {

constexpr auto const* file = "libraptor2.so.0";

/// The loader of libxml2 for what a document says lies elsewhere: there is nothing.
void* no_entity(char const* /*address*/, char const* /*id*/, void* /*context*/) noexcept {
  return nullptr;
}

using EntityLoader = void* (*)(char const*, char const*, void*);

} // namespace

Library::Library() : helper::Library<Functions>(file) {
  auto& it = functions();
  shared().find("raptor_new_world_internal", it.new_world_internal);
  shared().find("raptor_world_set_flag", it.world_set_flag);
  shared().find("raptor_world_open", it.world_open);
  shared().find("raptor_free_world", it.free_world);
  shared().find("raptor_world_set_log_handler", it.world_set_log_handler);
  shared().find("raptor_new_parser", it.new_parser);
  shared().find("raptor_free_parser", it.free_parser);
  shared().find("raptor_parser_set_option", it.parser_set_option);
  shared().find("raptor_parser_set_statement_handler", it.parser_set_statement_handler);
  shared().find("raptor_parser_parse_start", it.parser_parse_start);
  shared().find("raptor_parser_parse_chunk", it.parser_parse_chunk);
  shared().find("raptor_parser_parse_abort", it.parser_parse_abort);
  shared().find("raptor_parser_get_locator", it.parser_get_locator);
  shared().find("raptor_new_uri", it.new_uri);
  shared().find("raptor_uri_as_counted_string", it.uri_as_counted_string);
  shared().find("raptor_free_uri", it.free_uri);
  void (*set_entity_loader)(EntityLoader) = nullptr; // of libxml2, which came along
  shared().find("xmlSetExternalEntityLoader", set_entity_loader);
  set_entity_loader(no_entity);
}

} // namespace terracat::helper::raptor
