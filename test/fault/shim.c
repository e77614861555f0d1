/* Preloaded into the program under test: stands between SQLite and the disc.
 *
 * Counts the file operations on paths that contain FAULT_PATH and lets the FAULT_AT-th fail:
 *   FAULT_MODE=kill     SIGKILL before the operation
 *              torn     half of a write, then SIGKILL
 *              eio      the operation fails with EIO
 *              enospc   a write or an extension fails with ENOSPC, a sync with EIO
 *              short    a write takes half of its bytes and says so
 *              cut      power loss: see cut_power
 * FAULT_STICKY=1 lets every later operation fail too (eio, enospc, short).
 * FAULT_SEED decides what a power loss does; FAULT_LIE=1 makes syncs say yes and do nothing.
 * FAULT_REPORT is a file that is mapped and holds struct report, readable after any death.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { sector = 512, wal_frame_head = 24, wal_head = 32 };

enum mode { none, kill_at, torn, eio, enospc, short_write, cut };

struct report {
  uint64_t operations;   /* on the watched paths */
  uint64_t acknowledged; /* commits that SQLite has told its caller of, for all that files show */
  uint64_t injected;     /* operations that were made to fail */
  uint64_t unsaid;       /* of these, those that nobody has to be told of: see may_fail_unsaid */
};

/* What a write covered, until the file is synced. */
struct undo {
  struct undo* next;
  ino_t inode;
  int fd;
  off_t at;
  size_t size;
  unsigned char old[];
};

/* The size that a file surely has: that of its last sync. */
struct synced {
  struct synced* next;
  ino_t inode;
  int fd;
  off_t size;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct report* report;
static struct undo* undos;
static struct synced* synceds;
static char const* watched;
static enum mode mode;
static uint64_t fail_at;
static int is_sticky;
static int lies;
static uint64_t random_state;
static int has_unsaid_commit; /* a commit frame's head was written and nothing has followed yet */

static ssize_t (*real_pwrite)(int, void const*, size_t, off_t);
static ssize_t (*real_write)(int, void const*, size_t);
static int (*real_open)(char const*, int, ...);
static int (*real_openat)(int, char const*, int, ...);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(char const*);
static int (*real_rename)(char const*, char const*);

static enum mode mode_of(char const* name) {
  static char const* const names[] = {"none", "kill", "torn", "eio", "enospc", "short", "cut"};
  for (int i = 0; name != NULL && i < 7; ++i) {
    if (strcmp(name, names[i]) == 0) return (enum mode)i;
  }
  return none;
}

static uint64_t number(char const* name) {
  char const* const text = getenv(name);
  return text == NULL ? 0 : strtoull(text, NULL, 10);
}

__attribute__((constructor)) static void begin(void) {
  static struct report nowhere;
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_write = dlsym(RTLD_NEXT, "write");
  real_open = dlsym(RTLD_NEXT, "open64");
  real_openat = dlsym(RTLD_NEXT, "openat64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_rename = dlsym(RTLD_NEXT, "rename");
  watched = getenv("FAULT_PATH");
  mode = mode_of(getenv("FAULT_MODE"));
  fail_at = number("FAULT_AT");
  is_sticky = number("FAULT_STICKY") != 0;
  lies = number("FAULT_LIE") != 0;
  random_state = number("FAULT_SEED") * 0x9E3779B97F4A7C15ULL + fail_at + 1;
  report = &nowhere;
  char const* const path = getenv("FAULT_REPORT");
  int const fd = path == NULL ? -1 : real_open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void* const at = mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (at != MAP_FAILED) report = at;
}

/* ---- Which files */

static int is_watched_path(char const* path) {
  if (watched == NULL || path == NULL || strstr(path, watched) == NULL) return 0;
  return strstr(path, ".lock") == NULL; /* holds no data */
}

static int path_of(int fd, char* out, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t const length = readlink(link, out, size - 1);
  if (length <= 0) return 0;
  out[length] = '\0';
  return 1;
}

static int ends_with(char const* text, char const* end) {
  size_t const a = strlen(text);
  size_t const b = strlen(end);
  return a >= b && strcmp(text + a - b, end) == 0;
}

/* ---- Power loss */

static uint64_t random_number(void) { /* xorshift* */
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return random_state * 0x2545F4914F6CDD1DULL >> 16;
}

/* What is known of a file that is written. Its descriptor stays open: to close one would drop the
 * locks that the program holds on the file. */
static struct synced* synced_of(int fd) {
  struct stat status;
  if (fstat(fd, &status) != 0) abort();
  for (struct synced* known = synceds; known != NULL; known = known->next) {
    if (known->inode == status.st_ino) return known;
  }
  struct synced* const known = calloc(1, sizeof *known);
  if (known == NULL) abort();
  known->inode = status.st_ino;
  known->fd = fcntl(fd, F_DUPFD_CLOEXEC, 200); /* the program may close its own */
  known->size = status.st_size;
  known->next = synceds;
  synceds = known;
  return known;
}

static void remember(int fd, off_t at, size_t size) {
  struct synced const* const file = synced_of(fd);
  struct undo* const one = calloc(1, sizeof *one + size);
  if (one == NULL) abort();
  one->inode = file->inode;
  one->fd = file->fd;
  one->at = at;
  one->size = size;
  if (pread64(fd, one->old, size, at) < 0) memset(one->old, 0, size);
  one->next = undos;
  undos = one;
}

/* The file is on the disc as it is now. */
static void forget(int fd) {
  struct stat status;
  struct synced* const file = synced_of(fd);
  if (fstat(fd, &status) != 0) abort();
  file->size = status.st_size;
  for (struct undo** at = &undos; *at != NULL;) {
    struct undo* const one = *at;
    if (one->inode == file->inode) {
      *at = one->next;
      free(one);
    } else {
      at = &one->next;
    }
  }
}

/* Keeps, reverts or garbles one sector. */
static void damage(struct undo const* one, size_t from) {
  size_t const size = one->size - from < sector ? one->size - from : sector;
  off_t const at = one->at + (off_t)from;
  unsigned char noise[sector];
  switch (random_number() % 8) {
  case 0:
  case 1:
  case 2:
    if (real_pwrite(one->fd, one->old + from, size, at) < 0) abort();
    break;
  case 3:
    for (size_t i = 0; i < size; ++i) noise[i] = (unsigned char)random_number();
    if (real_pwrite(one->fd, noise, size, at) < 0) abort();
    break;
  default: /* reached the disc */
    break;
  }
}

/* Every sector that was written since its file's last sync is kept, reverted or garbled; what a
 * file grew by since then may be gone, though never less than the sync promised. */
static void cut_power(void) {
  for (struct undo const* one = undos; one != NULL; one = one->next) {
    for (size_t from = 0; from < one->size; from += sector) damage(one, from);
  }
  for (struct synced const* known = synceds; known != NULL; known = known->next) {
    struct stat status;
    if (fstat(known->fd, &status) != 0 || status.st_size <= known->size) continue;
    if (random_number() % 4 != 0) continue;
    uint64_t const grown = (uint64_t)(status.st_size - known->size);
    if (real_ftruncate(known->fd, known->size + (off_t)(random_number() % grown)) != 0) abort();
  }
}

/* ---- The operation whose turn it is */

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* Counts an operation. Returns what is to go wrong with it. */
static enum mode next_operation(void) {
  uint64_t const turn = ++report->operations;
  if (mode == none || turn < fail_at || (turn > fail_at && !is_sticky)) return none;
  ++report->injected;
  if (mode == cut) cut_power();
  if (mode == cut || mode == kill_at) die();
  return mode;
}

/* Errors of anything but a write. */
static int fails(int on_full) {
  switch (next_operation()) {
  case torn:
    die();
    return 1;
  case eio:
    errno = EIO;
    return 1;
  case enospc:
    errno = on_full;
    return on_full != 0;
  default:
    return 0;
  }
}

/* SQLite goes on with another transaction, or has synced the last: its commit has returned. */
static void say_commit(void) {
  report->acknowledged += (uint64_t)has_unsaid_commit;
  has_unsaid_commit = 0;
}

static void look_at_frame(char const* path, unsigned char const* bytes, size_t size, off_t at) {
  if (!ends_with(path, "-wal") || size != wal_frame_head || at < wal_head) return;
  say_commit();
  /* Bytes 4 to 7 of a frame's head: the pages of the database after a commit, else 0. */
  has_unsaid_commit = (bytes[4] | bytes[5] | bytes[6] | bytes[7]) != 0;
}

static ssize_t write_at(int fd, void const* bytes, size_t size, off_t at) {
  char path[4096];
  if (!path_of(fd, path, sizeof path) || !is_watched_path(path)) {
    return real_pwrite(fd, bytes, size, at);
  }
  pthread_mutex_lock(&mutex);
  ssize_t written = -1;
  switch (next_operation()) {
  case torn:
    if (real_pwrite(fd, bytes, size / 2, at) < 0) abort();
    die();
    break;
  case eio:
    errno = EIO;
    break;
  case enospc:
    errno = ENOSPC;
    break;
  case short_write:
    written = real_pwrite(fd, bytes, (size + 1) / 2, at);
    break;
  default:
    if (mode == cut && !ends_with(path, "-shm")) remember(fd, at, size);
    written = real_pwrite(fd, bytes, size, at);
    if (written == (ssize_t)size) look_at_frame(path, bytes, size, at);
  }
  if (written < 0 && ends_with(path, "-wal")) has_unsaid_commit = 0; /* it is rolled back */
  int const error = errno;
  pthread_mutex_unlock(&mutex);
  errno = error;
  return written;
}

static int synchronise(int fd, int (*real)(int)) {
  char path[4096];
  if (!path_of(fd, path, sizeof path) || !is_watched_path(path)) return real(fd);
  pthread_mutex_lock(&mutex);
  int result = -1;
  if (!fails(EIO)) {
    result = lies ? 0 : real(fd);
    if (result == 0 && !lies && mode == cut) forget(fd);
    if (result == 0 && ends_with(path, "-wal")) say_commit();
  }
  if (result != 0 && ends_with(path, "-wal")) has_unsaid_commit = 0;
  int const error = errno;
  pthread_mutex_unlock(&mutex);
  errno = error;
  return result;
}

/* Whose failure loses nothing: SQLite opens for reading what it cannot open for writing, and keeps
 * the length of a log that it has carried over. */
static void may_fail_unsaid(int failed) {
  report->unsaid += (uint64_t)failed;
}

static int path_fails(char const* path, int on_full, int is_open) {
  if (!is_watched_path(path)) return 0;
  pthread_mutex_lock(&mutex);
  int const failed = fails(on_full);
  if (is_open) may_fail_unsaid(failed);
  int const error = errno;
  pthread_mutex_unlock(&mutex);
  errno = error;
  return failed;
}

/* ---- What the program calls */

ssize_t pwrite64(int fd, void const* bytes, size_t size, off_t at) {
  return write_at(fd, bytes, size, at);
}

ssize_t pwrite(int fd, void const* bytes, size_t size, off_t at) {
  return write_at(fd, bytes, size, at);
}

ssize_t write(int fd, void const* bytes, size_t size) {
  char path[4096];
  if (fd <= 2 || !path_of(fd, path, sizeof path) || !is_watched_path(path)) {
    return real_write(fd, bytes, size);
  }
  off_t const at = lseek(fd, 0, SEEK_CUR);
  ssize_t const written = write_at(fd, bytes, size, at);
  if (written > 0) lseek(fd, at + written, SEEK_SET);
  return written;
}

int fsync(int fd) {
  return synchronise(fd, real_fsync);
}

int fdatasync(int fd) {
  return synchronise(fd, real_fdatasync);
}

static int truncate_to(int fd, off_t size) {
  char path[4096];
  if (!path_of(fd, path, sizeof path) || !is_watched_path(path)) return real_ftruncate(fd, size);
  pthread_mutex_lock(&mutex);
  struct stat status;
  int result = -1;
  int const failed = fails(ENOSPC);
  if (ends_with(path, "-wal")) may_fail_unsaid(failed);
  if (!failed) {
    if (mode == cut && !ends_with(path, "-shm") && fstat(fd, &status) == 0 &&
        status.st_size > size) {
      remember(fd, size, (size_t)(status.st_size - size));
    }
    result = real_ftruncate(fd, size);
  }
  int const error = errno;
  pthread_mutex_unlock(&mutex);
  errno = error;
  return result;
}

int ftruncate(int fd, off_t size) {
  return truncate_to(fd, size);
}

int ftruncate64(int fd, off_t size) {
  return truncate_to(fd, size);
}

static mode_t mode_argument(int flags, va_list list) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t)va_arg(list, int) : 0;
}

#define OPENS(name)                                                                                \
  int name(char const* path, int flags, ...) {                                                     \
    va_list list;                                                                                  \
    va_start(list, flags);                                                                         \
    mode_t const access = mode_argument(flags, list);                                              \
    va_end(list);                                                                                  \
    return path_fails(path, 0, 1) ? -1 : real_open(path, flags, access);                              \
  }

OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                                             \
  int name(int folder, char const* path, int flags, ...) {                                         \
    va_list list;                                                                                  \
    va_start(list, flags);                                                                         \
    mode_t const access = mode_argument(flags, list);                                              \
    va_end(list);                                                                                  \
    return path_fails(path, 0, 1) ? -1 : real_openat(folder, path, flags, access);                    \
  }

OPENS_AT(openat)
OPENS_AT(openat64)

int unlink(char const* path) {
  return path_fails(path, 0, 0) ? -1 : real_unlink(path);
}

int rename(char const* from, char const* to) {
  return path_fails(from, 0, 0) || path_fails(to, 0, 0) ? -1 : real_rename(from, to);
}
