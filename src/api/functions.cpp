#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/tags.hpp"

#include "query/cql2_syntax.hpp"
#include "query/functions.hpp"

#include <array>

namespace terracat::api {
namespace {

struct TypeName {
  query::Kinds kind;
  std::string_view name;
};

constexpr std::array type_names{
    TypeName{query::kind::text, "string"},     TypeName{query::kind::number, "number"},
    TypeName{query::kind::time, "datetime"},   TypeName{query::kind::geometry, "geometry"},
    TypeName{query::kind::boolean, "boolean"},
};

void write_types(json::Writer& out, query::Kinds kinds) {
  out.begin_array();
  for (auto const& [kind, name] : type_names) {
    if ((kinds & kind) != 0) out.string(name);
  }
  out.end_array();
}

void write_function(json::Writer& out, query::Function const& function) {
  out.begin_object().name("name").string(function.name);
  out.name("description").string(function.description);
  out.name("args").begin_array();
  for (std::size_t i = 0; i < query::operation(function.name)->most; ++i) {
    out.begin_object().name("type");
    write_types(out, i == 0 ? function.takes : function.takes_next);
    out.end_object();
  }
  out.end_array().name("returns");
  write_types(out, function.gives);
  out.end_object();
}

} // namespace

/// The list of OGC CQL2 (21-065r2, "Functions"): what is not among the operators of the standard.
Reply get_functions(Exchange& exchange) {
  json::Writer out;
  out.begin_object().name("functions").begin_array();
  for (auto const* const function : query::discoverable_functions()) {
    write_function(out, *function);
  }
  out.end_array().end_object();
  return lasting(exchange, out.take(), json_type);
}

} // namespace terracat::api
