#pragma once

#include "helper/library.hpp"

#include <cstddef>

/// What is used of the C interface of libraptor2.so.0, declared here: Debian's libraptor2-dev wants
/// the libcurl of GnuTLS, beside which that of OpenSSL cannot be developed with. The library, and
/// the dozens that it brings along, are loaded by the helper alone.
namespace terracat::helper::raptor {

struct World;
struct Parser;
struct Uri;

enum class TermType : int { unknown = 0, uri = 1, literal = 2, blank = 4 };

struct Literal {
  unsigned char* string;
  unsigned string_length;
  Uri* datatype;           ///< null: none
  unsigned char* language; ///< null: none
  unsigned char language_length;
};

struct Blank {
  unsigned char* string;
  unsigned string_length;
};

union Value {
  Uri* uri;
  Literal literal;
  Blank blank;
};

struct Term {
  World* world;
  int usage;
  TermType type;
  Value value;
};

struct Statement {
  World* world;
  int usage;
  Term* subject;
  Term* predicate;
  Term* object;
  Term* graph;
};

struct Locator {
  Uri* uri;
  char const* file;
  int line; ///< negative: not known
  int column;
  int byte;
};

enum class LogLevel : int { none, trace, debug, info, warn, error, fatal };

struct LogMessage {
  int code;
  int domain;
  LogLevel level;
  Locator* locator; ///< may be null
  char const* text;
};

enum class Option : int { no_net = 15, no_file = 38, load_external_entities = 41 };

enum class WorldFlag : int { www_skip_init_finish = 4 };

/// Of raptor2 2.0.15, as the library checks it.
inline constexpr unsigned version = 20015;

/// The functions by their names without `raptor_`.
struct Functions {
  World* (*new_world_internal)(unsigned version);
  int (*world_set_flag)(World*, WorldFlag, int);
  int (*world_open)(World*);
  void (*free_world)(World*);
  int (*world_set_log_handler)(World*, void* user, void (*handler)(void*, LogMessage*));
  Parser* (*new_parser)(World*, char const* name);
  void (*free_parser)(Parser*);
  int (*parser_set_option)(Parser*, Option, char const* text, int number);
  void (*parser_set_statement_handler)(Parser*, void* user, void (*handler)(void*, Statement*));
  int (*parser_parse_start)(Parser*, Uri* base);
  int (*parser_parse_chunk)(Parser*, unsigned char const*, std::size_t length, int is_end);
  void (*parser_parse_abort)(Parser*);
  Locator* (*parser_get_locator)(Parser*);
  Uri* (*new_uri)(World*, unsigned char const*);
  unsigned char* (*uri_as_counted_string)(Uri*, std::size_t* length);
  void (*free_uri)(Uri*);
};

/// The library, in which nothing is fetched for an XML document: the loader of external entities is
/// replaced.
class Library : public helper::Library<Functions> {
 public:
  /// \throws std::system_error  if it is not installed, or not the one that is meant
  Library();
};

} // namespace terracat::helper::raptor
