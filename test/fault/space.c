/* Preloaded into the program under test: a disc has as much room as the file FAULT_SPACE says, in
 * bytes; as much as it has if there is no such file. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>

int statvfs(char const* path, struct statvfs* out) {
  int (*const real)(char const*, struct statvfs*) = dlsym(RTLD_NEXT, "statvfs");
  int const result = real(path, out);
  char const* const name = getenv("FAULT_SPACE");
  FILE* const file = name == NULL || result != 0 ? NULL : fopen(name, "re");
  unsigned long long bytes = 0;
  if (file == NULL) return result;
  if (fscanf(file, "%llu", &bytes) == 1) out->f_bavail = out->f_bfree = bytes / out->f_frsize;
  fclose(file);
  return 0;
}
