/* Preloaded into the program under test: stands between it and the allocator.
 *
 * Allocations are counted from the first instruction of main: what a library sets up for itself
 * before is no work of the program. FAULT_MEMORY is a file that is mapped and holds struct memory.
 * Who runs the program writes there which allocations are refused, before it begins or while it
 * runs, and reads there what became of it, after any death.
 *
 * `operator new` comes here by malloc. Threads are counted together.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { most_frames = 48, frames_of_place = 6, text_size = 8192 };

/* Calls within which no library could go on, and none lets its caller go on (see below). */
enum spared { never, from_then_on, always };

struct memory {
  _Atomic uint64_t counts;  /* 0: main has not begun */
  _Atomic uint64_t count;   /* of allocations */
  _Atomic uint64_t first;   /* the first that is refused; 0: none */
  _Atomic uint64_t last;    /* the last */
  _Atomic uint64_t refused; /* how many were */
  char frames[text_size];   /* who asked for the first that was, one a line: FILE+OFFSET */
  uint64_t places[];        /* if the file is longer: where each allocation came from, a number */
};

extern void* __libc_malloc(size_t size);
extern void* __libc_calloc(size_t count, size_t size);
extern void* __libc_realloc(void* old, size_t size);
extern void* __libc_memalign(size_t alignment, size_t size);

static struct memory nowhere;
static struct memory* memory = &nowhere;
static uint64_t most_places;
static uintptr_t program_begins;
static uintptr_t program_ends;
static __thread enum spared is_spared __attribute__((tls_model("initial-exec")));
static int (*real_main)(int, char**, char**);

/* Of the first, which is the program. */
static int note_program(struct dl_phdr_info* info, size_t size, void* unused) {
  (void)size;
  (void)unused;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    ElfW(Phdr) const* const part = &info->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || (part->p_flags & PF_X) == 0) continue;
    program_begins = info->dlpi_addr + part->p_vaddr;
    program_ends = program_begins + part->p_memsz;
  }
  return 1;
}

__attribute__((constructor)) static void begin(void) {
  dl_iterate_phdr(note_program, NULL);
  void* frames[1];
  backtrace(frames, 1); /* loads what it needs */
  char const* const path = getenv("FAULT_MEMORY");
  /* No open(): that may be another shim's, which has not begun yet. */
  int const fd = path == NULL ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  size_t const size = (size_t)lseek(fd, 0, SEEK_END);
  void* const at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (at == MAP_FAILED || size < sizeof *memory) return;
  memory = at;
  most_places = (size - sizeof *memory) / sizeof memory->places[0];
}

/* In the form that addr2line reads. */
static void note_frames(void) {
  void* frames[most_frames];
  int const count = backtrace(frames, most_frames);
  size_t used = 0;
  for (int i = 2; i < count && used < text_size; ++i) {
    Dl_info info;
    if (dladdr(frames[i], &info) == 0 || info.dli_fname == NULL) continue;
    char const* const slash = strrchr(info.dli_fname, '/');
    int const written =
        snprintf(memory->frames + used, text_size - used, "%s+0x%lx\n",
                 slash == NULL ? info.dli_fname : slash + 1,
                 (unsigned long)((char*)frames[i] - (char*)info.dli_fbase) - 1);
    used += written < 0 ? 0 : (size_t)written;
  }
}

/* The program's own functions that led here, the last few of them: whatever a library asks for on
 * the way of one of its calls counts as one place. */
static uint64_t place(void) {
  void* frames[most_frames];
  int const count = backtrace(frames, most_frames);
  uint64_t hash = 0xCBF29CE484222325ULL; /* FNV-1a */
  for (int i = 2, used = 0; i < count && used < frames_of_place; ++i) {
    uintptr_t const at = (uintptr_t)frames[i];
    if (at < program_begins || at >= program_ends) continue;
    hash = (hash ^ at) * 0x100000001B3ULL;
    ++used;
  }
  return hash;
}

/* SpatiaLite 5.0.1 writes to what malloc gives it without a look (doc/reliability.md 4), and so does
 * librttopo, of which it makes a context for each connection. What SQLite and GEOS ask for while they
 * work for it is their own business, and is refused. */
static int is_unchecked(void const* caller) {
  Dl_info info;
  return dladdr(caller, &info) != 0 && info.dli_fname != NULL &&
         (strstr(info.dli_fname, "/libspatialite.so") != NULL ||
          strstr(info.dli_fname, "/librttopo.so") != NULL);
}

static int refuses(void const* caller) {
  if (!memory->counts) return 0;
  uint64_t const turn = ++memory->count;
  if (turn <= most_places) memory->places[turn - 1] = place();
  uint64_t const first = memory->first;
  if (first == 0 || turn < first || turn > memory->last) return 0;
  int const is_once = memory->last == first;
  if (is_spared == always || (is_spared == from_then_on && !is_once)) return 0;
  if (is_unchecked(caller)) {
    if (is_once) memory->first = ++memory->last; /* the next, then */
    return 0;
  }
  if (memory->refused++ == 0) note_frames();
  errno = ENOMEM;
  return 1;
}

/* ---- What the program calls */

void* malloc(size_t size) {
  return refuses(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void* calloc(size_t count, size_t size) {
  return refuses(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void* realloc(void* old, size_t size) {
  return refuses(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

void* memalign(size_t alignment, size_t size) {
  return refuses(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  return refuses(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void** out, size_t alignment, size_t size) {
  void* const got =
      refuses(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
  if (got == NULL) return ENOMEM;
  *out = got;
  return 0;
}

/* SpatiaLite 5.0.1 makes the triggers of a table in a loop that ends when sqlite3_step says that it
 * is done: where there is no memory any more, it never does (doc/reliability.md 4). */
int sqlite3_exec(void* connection, char const* sql, void* row, void* user, void* message) {
  int (*const real)(void*, char const*, void*, void*, void*) = dlsym(RTLD_NEXT, "sqlite3_exec");
  static char const* const endless[] = {"SELECT AddGeometryColumn(", "SELECT CreateSpatialIndex("};
  enum spared const was_spared = is_spared;
  for (int i = 0; sql != NULL && i < 2; ++i) {
    if (strncmp(sql, endless[i], strlen(endless[i])) == 0) is_spared = from_then_on;
  }
  int const result = real(connection, sql, row, user, message);
  is_spared = was_spared;
  return result;
}

/* ICU 72 loads its locales and the order of all languages once in a process, and uses what it has no
 * memory for (doc/reliability.md 4). */
void const* icu_root(void) __asm__("_ZN6icu_726Locale7getRootEv");

void const* icu_root(void) {
  static atomic_int is_loaded;
  void const* (*const real)(void) = dlsym(RTLD_NEXT, "_ZN6icu_726Locale7getRootEv");
  if (!is_loaded) is_spared = always;
  void const* const out = real();
  is_loaded = 1;
  is_spared = never;
  return out;
}

void* icu_collator(void const* locale, int* error)
    __asm__("_ZN6icu_728Collator14createInstanceERKNS_6LocaleER10UErrorCode");

void* icu_collator(void const* locale, int* error) {
  static atomic_int is_loaded;
  void* (*const real)(void const*, int*) =
      dlsym(RTLD_NEXT, "_ZN6icu_728Collator14createInstanceERKNS_6LocaleER10UErrorCode");
  if (!is_loaded) is_spared = always;
  void* const out = real(locale, error);
  is_loaded = 1;
  is_spared = never;
  return out;
}

static int counted_main(int argc, char** argv, char** environment) {
  memory->counts = 1;
  return real_main(argc, argv, environment);
}

int __libc_start_main(int (*program)(int, char**, char**), int argc, char** argv,
                      void (*begins)(void), void (*ends)(void), void (*linker_ends)(void),
                      void* stack) {
  int (*const real)(int (*)(int, char**, char**), int, char**, void (*)(void), void (*)(void),
                    void (*)(void), void*) = dlsym(RTLD_NEXT, "__libc_start_main");
  real_main = program;
  return real(counted_main, argc, argv, begins, ends, linker_ends, stack);
}
