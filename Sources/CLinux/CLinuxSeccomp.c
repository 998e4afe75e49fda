#define _GNU_SOURCE
#include "CLinuxSandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// A list of what is allowed rather than of what is not: a system call that a later kernel adds is refused until somebody
// has thought about it. What is refused fails with EPERM or, where the C library has an older way of doing the same,
// ENOSYS; the process lives on, so that a library that merely asks does not die of it.

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#define ARCHITECTURE 0
#endif

static const int allowed[] = {
    // Memory
    __NR_brk, __NR_munmap, __NR_mremap, __NR_madvise, __NR_membarrier,
    // Files that are open, and those that Landlock lets it open
    __NR_read, __NR_write, __NR_readv, __NR_writev, __NR_pread64, __NR_pwrite64, __NR_preadv, __NR_pwritev, __NR_openat,
    __NR_close, __NR_close_range, __NR_fstat, __NR_newfstatat, __NR_faccessat, __NR_readlinkat, __NR_getcwd,
    __NR_getdents64, __NR_lseek, __NR_fsync, __NR_fdatasync, __NR_sync_file_range, __NR_ftruncate, __NR_fallocate,
    __NR_fadvise64, __NR_copy_file_range, __NR_mkdirat, __NR_unlinkat, __NR_renameat, __NR_umask, __NR_dup, __NR_dup3,
    __NR_ppoll, __NR_statfs, __NR_fstatfs,
    // The channel that it was given
    __NR_sendmsg, __NR_recvmsg, __NR_shutdown,
    // Itself
    __NR_exit, __NR_exit_group, __NR_futex, __NR_sched_yield, __NR_sched_getaffinity, __NR_gettid, __NR_getpid,
    __NR_getppid, __NR_getuid, __NR_geteuid, __NR_getgid, __NR_getegid, __NR_rt_sigaction, __NR_rt_sigprocmask,
    __NR_rt_sigreturn, __NR_sigaltstack, __NR_restart_syscall, __NR_set_robust_list, __NR_uname, __NR_sysinfo,
    // Time and chance
    __NR_clock_gettime, __NR_clock_getres, __NR_gettimeofday, __NR_nanosleep, __NR_clock_nanosleep, __NR_getrusage,
    __NR_times, __NR_getrandom,
#ifdef __NR_statx
    __NR_statx,
#endif
#ifdef __NR_faccessat2
    __NR_faccessat2,
#endif
#ifdef __NR_renameat2
    __NR_renameat2,
#endif
#ifdef __NR_rseq
    __NR_rseq,
#endif
#ifdef __NR_getcpu
    __NR_getcpu,
#endif
#if defined(__x86_64__)
    // What newer architectures no longer have
    __NR_open, __NR_stat, __NR_lstat, __NR_access, __NR_readlink, __NR_getdents, __NR_mkdir, __NR_rmdir, __NR_unlink,
    __NR_rename, __NR_dup2, __NR_poll, __NR_time, __NR_getrlimit,
#endif
};

// The C library takes the older way where these are missing.
static const int unknown[] = {
#ifdef __NR_clone3
    __NR_clone3,
#endif
#ifdef __NR_openat2
    __NR_openat2,
#endif
};

enum { RULES = sizeof allowed / sizeof *allowed, UNKNOWN = sizeof unknown / sizeof *unknown };

#define FAIL(error) (SECCOMP_RET_ERRNO | ((error) & SECCOMP_RET_DATA))
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
// The low half of an argument: both architectures are little-endian.
#define LOAD_ARGUMENT(number) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[number]))
#define LOAD_ARGUMENT_HIGH(number) \
  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[number]) + sizeof(uint32_t))
#define IF_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, skip)
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, action)

struct program {
  struct sock_filter lines[2 * (RULES + UNKNOWN) + 96];
  unsigned short count;
};

static void add(struct program *program, const struct sock_filter *lines, size_t count) {
  for (size_t index = 0; index < count; index++) program->lines[program->count++] = lines[index];
}

#define ADD(program, ...)                                                                                             \
  do {                                                                                                                \
    const struct sock_filter lines[] = {__VA_ARGS__};                                                                 \
    add(program, lines, sizeof lines / sizeof *lines);                                                                \
  } while (0)

/// Signals to itself alone, and to no thread of others.
static void add_signals(struct program *program) {
  uint32_t own = (uint32_t)getpid();
  const int calls[] = {__NR_kill, __NR_tgkill};
  for (size_t index = 0; index < sizeof calls / sizeof *calls; index++)
    ADD(program, IF_EQUAL(calls[index], 4), LOAD_ARGUMENT(0), IF_EQUAL(own, 1), RETURN(SECCOMP_RET_ALLOW),
        RETURN(FAIL(EPERM)));
}

/// No memory that can be written and executed, and none made executable later; libraries are mapped as they are.
static void add_memory(struct program *program) {
  ADD(program, IF_EQUAL(__NR_mmap, 5), LOAD_ARGUMENT(2),
      BPF_STMT(BPF_ALU | BPF_AND | BPF_K, PROT_WRITE | PROT_EXEC), IF_EQUAL(PROT_WRITE | PROT_EXEC, 1),
      RETURN(FAIL(EPERM)), RETURN(SECCOMP_RET_ALLOW));
  ADD(program, IF_EQUAL(__NR_mprotect, 4), LOAD_ARGUMENT(2),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1), RETURN(FAIL(EPERM)), RETURN(SECCOMP_RET_ALLOW));
}

/// Names of threads; and limits to look at, but not to change.
static void add_questions(struct program *program) {
  ADD(program, IF_EQUAL(__NR_prctl, 6), LOAD_ARGUMENT(0), IF_EQUAL(PR_SET_NAME, 1), RETURN(SECCOMP_RET_ALLOW),
      IF_EQUAL(PR_GET_NAME, 1), RETURN(SECCOMP_RET_ALLOW), RETURN(FAIL(EPERM)));
  // A pointer to new limits must be null in both halves.
  ADD(program, IF_EQUAL(__NR_prlimit64, 6), LOAD_ARGUMENT(2), IF_EQUAL(0, 3), LOAD_ARGUMENT_HIGH(2), IF_EQUAL(0, 1),
      RETURN(SECCOMP_RET_ALLOW), RETURN(FAIL(EPERM)));
  // Whether a descriptor is a terminal, and how much it holds.
  ADD(program, IF_EQUAL(__NR_ioctl, 6), LOAD_ARGUMENT(1), IF_EQUAL(0x5401, 1), RETURN(SECCOMP_RET_ALLOW),
      IF_EQUAL(0x541B, 1), RETURN(SECCOMP_RET_ALLOW), RETURN(FAIL(EPERM)));
}

/// Copies of descriptors and their flags; not who is signalled when something comes.
static void add_descriptors(struct program *program) {
  const int commands[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL};
  const size_t count = sizeof commands / sizeof *commands;
  ADD(program, IF_EQUAL(__NR_fcntl, 2 * count + 2), LOAD_ARGUMENT(1));
  for (size_t index = 0; index < count; index++)
    ADD(program, IF_EQUAL(commands[index], 1), RETURN(SECCOMP_RET_ALLOW));
  ADD(program, RETURN(FAIL(EPERM)));
}

int clinux_seccomp_restrict(bool allows_signals) {
  if (ARCHITECTURE == 0) return -ENOSYS;
  struct program program = {.count = 0};
  ADD(&program, LOAD(arch), IF_EQUAL(ARCHITECTURE, 1), BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
      RETURN(SECCOMP_RET_KILL_PROCESS), LOAD(nr));
  if (allows_signals) ADD(&program, IF_EQUAL(__NR_kill, 1), RETURN(SECCOMP_RET_ALLOW));
  for (size_t index = 0; index < RULES; index++)
    ADD(&program, IF_EQUAL(allowed[index], 1), RETURN(SECCOMP_RET_ALLOW));
  for (size_t index = 0; index < UNKNOWN; index++) ADD(&program, IF_EQUAL(unknown[index], 1), RETURN(FAIL(ENOSYS)));
  add_signals(&program);
  add_memory(&program);
  add_descriptors(&program);
  add_questions(&program);
  ADD(&program, RETURN(FAIL(EPERM)));
  struct sock_fprog filter = {.len = program.count, .filter = program.lines};
  long result = syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
  if (result < 0) return -errno;
  // A positive number is the thread that could not be restricted.
  return result > 0 ? -EBUSY : 0;
}

int clinux_thread_count(void) {
  DIR *tasks = opendir("/proc/self/task");
  if (!tasks) return -errno;
  int count = 0;
  for (struct dirent *entry; (entry = readdir(tasks));) count += entry->d_name[0] != '.';
  closedir(tasks);
  return count;
}
