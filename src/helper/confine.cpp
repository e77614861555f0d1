#include "helper/confine.hpp"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <system_error>

namespace terracat::helper {
namespace {

[[noreturn]] void fail(int error, char const* what) {
  throw std::system_error(error, std::generic_category(), what);
}

void limit(__rlimit_resource resource, rlim_t value, char const* what) {
  rlimit const both{.rlim_cur = value, .rlim_max = value};
  if (::setrlimit(resource, &both) != 0) fail(errno, what);
}

/// Reading, writing, memory, time, and the end. `writev` and `fstat` are the standard library's.
constexpr std::array allowed{
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(close),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(fstat),
    SCMP_SYS(lseek),
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(sched_yield),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(sigaltstack), // of the sanitizers, before what does not return
};

/// What comes with a request, and is read at some place.
constexpr std::array allowed_with_files{SCMP_SYS(recvmsg), SCMP_SYS(pread64)};

/// Who asks for one of these is not a parser any more.
constexpr std::array deadly{
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendmmsg),
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(clone),
    SCMP_SYS(clone3),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(bpf),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(mount),
    SCMP_SYS(kill),
    SCMP_SYS(keyctl),
};

struct Releaser {
  void operator()(void* filter) const noexcept { seccomp_release(filter); }
};

using Filter = std::unique_ptr<void, Releaser>;

/// libseccomp answers with negative numbers of errors.
void check(int answer, char const* what) {
  if (answer < 0) fail(-answer, what);
}

/// Allows a call if its arguments are as they should be.
void allow_if(Filter const& filter, int call, std::initializer_list<scmp_arg_cmp> conditions) {
  check(seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call,
                               static_cast<unsigned>(conditions.size()), std::data(conditions)),
        "seccomp_rule_add_array");
}

/// A condition of mmap.
scmp_arg_cmp lacks_flag(unsigned flag) {
  return {.arg = 3, .op = SCMP_CMP_MASKED_EQ, .datum_a = flag, .datum_b = 0};
}

} // namespace

void limit_process(pid_t parent, std::size_t memory_bytes, Reach reach) {
  constexpr rlim_t descriptors = 16;
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) fail(errno, "PR_SET_PDEATHSIG");
  if (::getppid() != parent) fail(ESRCH, "the parent is gone"); // it died before it was asked for
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail(errno, "PR_SET_NO_NEW_PRIVS");
  if (can_limit_memory()) {
    if (reach == Reach::bytes) {
      limit(RLIMIT_AS, memory_bytes, "RLIMIT_AS");
    } else {
      limit(RLIMIT_DATA, memory_bytes, "RLIMIT_DATA");
    }
  }
  limit(RLIMIT_NOFILE, descriptors, "RLIMIT_NOFILE");
  limit(RLIMIT_FSIZE, 0, "RLIMIT_FSIZE");
  limit(RLIMIT_CORE, 0, "RLIMIT_CORE");
}

void filter_calls(Reach reach) {
  Filter const filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)));
  if (filter == nullptr) fail(ENOMEM, "seccomp_init");
  // Whatever threads a library may have started.
  check(seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1), "SCMP_FLTATR_CTL_TSYNC");
  for (auto const call : allowed) {
    check(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0), "seccomp_rule_add");
  }
  if (reach == Reach::files) {
    for (auto const call : allowed_with_files) {
      check(seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0), "seccomp_rule_add");
    }
    // fstat(), as the standard library asks it.
    allow_if(filter, SCMP_SYS(newfstatat),
             {{.arg = 3, .op = SCMP_CMP_EQ, .datum_a = AT_EMPTY_PATH, .datum_b = 0}});
  }
  // Memory that was written must not become a program.
  scmp_arg_cmp const no_execution{
      .arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC, .datum_b = 0};
  allow_if(filter, SCMP_SYS(mprotect), {no_execution});
  if (reach == Reach::bytes) {
    allow_if(filter, SCMP_SYS(mmap), {no_execution});
  } else {
    // Memory that is shared is not bounded as what is the process's own: only files are.
    allow_if(filter, SCMP_SYS(mmap), {no_execution, lacks_flag(MAP_SHARED)});
    allow_if(filter, SCMP_SYS(mmap), {no_execution, lacks_flag(MAP_ANONYMOUS)});
  }
  // So that abort() ends as abort() does.
  scmp_arg_cmp const self{
      .arg = 0, .op = SCMP_CMP_EQ, .datum_a = static_cast<scmp_datum_t>(::getpid()), .datum_b = 0};
  allow_if(filter, SCMP_SYS(tgkill), {self});
  for (auto const call : deadly) {
    check(seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, call, 0), "seccomp_rule_add");
  }
  check(seccomp_load(filter.get()), "seccomp_load");
}

bool can_limit_memory() noexcept {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  return false;
#else
  return true;
#endif
#else
  return true;
#endif
}

} // namespace terracat::helper
