/* Preloaded into the program under test: writes each SQL statement that the program itself has
 * prepared, with a zero byte behind it, to the file STATEMENTS. What SpatiaLite and SQLite prepare
 * for their own use is left out. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;

static int file = -1;
static void const* program; /* where it is loaded */

static int of_program(struct dl_phdr_info* info, size_t size, void* out) {
  (void)size;
  *(void const**)out = (void const*)info->dlpi_addr;
  return 1; /* the first one is the program */
}

__attribute__((constructor)) static void begin(void) {
  char const* const path = getenv("STATEMENTS");
  if (path != NULL) file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  dl_iterate_phdr(of_program, &program);
}

static void record(char const* sql, int bytes, void const* caller) {
  Dl_info info;
  if (file < 0 || dladdr(caller, &info) == 0 || info.dli_fbase != program) return;
  size_t const length = bytes < 0 ? strlen(sql) : strnlen(sql, (size_t)bytes);
  char* const text = malloc(length + 1);
  if (text == NULL) abort();
  memcpy(text, sql, length);
  text[length] = '\0';
  if (write(file, text, length + 1) != (ssize_t)length + 1) abort();
  free(text);
}

int sqlite3_prepare_v2(sqlite3* connection, char const* sql, int bytes, sqlite3_stmt** statement,
                       char const** rest) {
  record(sql, bytes, __builtin_return_address(0));
  int (*const real)(sqlite3*, char const*, int, sqlite3_stmt**, char const**) =
      dlsym(RTLD_NEXT, "sqlite3_prepare_v2");
  return real(connection, sql, bytes, statement, rest);
}

int sqlite3_prepare_v3(sqlite3* connection, char const* sql, int bytes, unsigned flags,
                       sqlite3_stmt** statement, char const** rest) {
  record(sql, bytes, __builtin_return_address(0));
  int (*const real)(sqlite3*, char const*, int, unsigned, sqlite3_stmt**, char const**) =
      dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
  return real(connection, sql, bytes, flags, statement, rest);
}

int sqlite3_exec(sqlite3* connection, char const* sql, int (*row)(void*, int, char**, char**),
                 void* data, char** error) {
  record(sql, -1, __builtin_return_address(0));
  int (*const real)(sqlite3*, char const*, int (*)(void*, int, char**, char**), void*, char**) =
      dlsym(RTLD_NEXT, "sqlite3_exec");
  return real(connection, sql, row, data, error);
}
