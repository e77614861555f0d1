/* Preloaded into the program under test: its wall clock is off by FAULT_CLOCK_OFFSET milliseconds,
 * so that what a schedule starts at a full minute need not be waited for. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int (*real_clock_gettime)(clockid_t, struct timespec*);
static long long offset; /* milliseconds */

__attribute__((constructor)) static void begin(void) {
  char const* const text = getenv("FAULT_CLOCK_OFFSET");
  real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  offset = text == NULL ? 0 : atoll(text);
}

int clock_gettime(clockid_t clock, struct timespec* out) {
  if (real_clock_gettime == NULL) begin();
  int const result = real_clock_gettime(clock, out);
  if (result != 0 || clock != CLOCK_REALTIME) return result;
  long long const nanoseconds = out->tv_nsec + offset % 1000 * 1000000;
  out->tv_sec += offset / 1000 + nanoseconds / 1000000000;
  out->tv_nsec = nanoseconds % 1000000000;
  return 0;
}
