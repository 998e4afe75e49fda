#define _GNU_SOURCE
#include "Escapes.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  const char *scratch;
  const char *data;
} place;

static int told(long result) { return result < 0 ? errno : 0; }

static int opened(const char *path, int flags) {
  int descriptor = open(path, flags | O_CLOEXEC, 0600);
  if (descriptor < 0) return errno;
  close(descriptor);
  return 0;
}

static int at(const char *folder, const char *name, int flags) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return opened(path, flags);
}

static int read_passwd(place p) { (void)p; return opened("/etc/passwd", O_RDONLY); }
static int read_by_detour(place p) { return at(p.scratch, "../../../../../../../../../../../../../etc/passwd", O_RDONLY); }
static int list_root(place p) { (void)p; return opened("/", O_RDONLY | O_DIRECTORY); }
static int read_ledger(place p) { return at(p.data, "ledger.sqlite", O_RDONLY); }
static int write_ledger(place p) { return at(p.data, "ledger.sqlite", O_RDWR); }
static int list_data(place p) { return at(p.data, "objects", O_RDONLY | O_DIRECTORY); }
static int write_data(place p) { return at(p.data, "intruder", O_WRONLY | O_CREAT); }
static int write_attempts(place p) { return at(p.scratch, "../attempts/intruder", O_WRONLY | O_CREAT); }
static int write_temporary(place p) { (void)p; return opened("/tmp/sheaf-intruder", O_WRONLY | O_CREAT); }
static int write_library(place p) { (void)p; return opened("/usr/lib/sheaf-intruder", O_WRONLY | O_CREAT); }
static int read_parent_memory(place p) {
  (void)p;
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", getppid());
  return opened(path, O_RDONLY);
}
static int read_parent_environment(place p) {
  (void)p;
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/environ", getppid());
  return opened(path, O_RDONLY);
}

/// Opens again, to write, what it was given to read.
static int reopen_inputs(place p) {
  (void)p;
  int error = EBADF;
  for (int number = 4; number < 64; number++) {
    struct stat status;
    if (fstat(number, &status) < 0 || !S_ISREG(status.st_mode)) continue;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", number);
    error = opened(path, O_RDWR);
    if (error == 0) return 0;
  }
  return error;
}

/// Takes away others' right to read what it was given to read.
static int change_mode_of_inputs(place p) {
  (void)p;
  int error = EBADF;
  for (int number = 4; number < 64; number++) {
    struct stat status;
    if (fstat(number, &status) < 0 || !S_ISREG(status.st_mode)) continue;
    if (fchmod(number, status.st_mode) == 0) return 0;
    error = errno;
  }
  return error;
}

static int change_mode(place p) { return told(chmod(p.data, 0700)); }
static int change_times(place p) { return told(utimensat(AT_FDCWD, p.data, NULL, 0)); }
static int truncate_ledger(place p) {
  char path[4096];
  snprintf(path, sizeof path, "%s/job-that-is-not-there", p.data);
  // Nothing is there to be cut, so an open way says ENOENT.
  int error = told(truncate(path, 0));
  return error == ENOENT ? 0 : error;
}

static int make_link(place p) {
  char path[4096];
  snprintf(path, sizeof path, "%s/link", p.scratch);
  return told(symlink("/etc/passwd", path));
}
static int make_hard_link(place p) {
  char path[4096];
  char ledger[4096];
  snprintf(path, sizeof path, "%s/hard-link", p.scratch);
  snprintf(ledger, sizeof ledger, "%s/ledger.sqlite", p.data);
  return told(link(ledger, path));
}
static int make_pipe(place p) {
  char path[4096];
  snprintf(path, sizeof path, "%s/pipe", p.scratch);
  return told(mkfifo(path, 0600));
}

static int connect_tcp(place p) {
  (void)p;
  int number = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (number < 0) return errno;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int error = told(connect(number, (struct sockaddr *)&address, sizeof address));
  close(number);
  // Nobody listens there: the way itself is open.
  return error == ECONNREFUSED ? 0 : error;
}
static int send_datagram(place p) {
  (void)p;
  int number = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (number < 0) return errno;
  close(number);
  return 0;
}
static int listen_tcp(place p) {
  (void)p;
  int number = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (number < 0) return errno;
  int error = told(listen(number, 1));
  close(number);
  return error;
}
static int connect_engine(place p) {
  int number = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (number < 0) return errno;
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%.80s/control.sock", p.data);
  int error = told(connect(number, (struct sockaddr *)&address, sizeof address));
  close(number);
  return error == ENOENT || error == ECONNREFUSED ? 0 : error;
}
static int raw_socket(place p) {
  (void)p;
  int number = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0);
  if (number < 0) return errno;
  close(number);
  return 0;
}

static int wait_for(pid_t child) {
  int status;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  return 0;
}
static int fork_child(place p) {
  (void)p;
  pid_t child = fork();
  if (child < 0) return errno;
  if (child == 0) _exit(0);
  return wait_for(child);
}
static int fork_bomb(place p) {
  (void)p;
  for (int count = 0; count < 50; count++) {
    pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    if (child < 0) return errno;
    if (child == 0) _exit(0);
    wait_for(child);
  }
  return 0;
}
static int execute(place p) {
  (void)p;
  // Where it works, nobody answers any more, which the test sees as well.
  char *arguments[] = {"true", NULL};
  return told(execve("/usr/bin/true", arguments, NULL));
}
static void *idle(void *nothing) { return nothing; }
static int start_thread(place p) {
  (void)p;
  pthread_t thread;
  int error = pthread_create(&thread, NULL, idle, NULL);
  if (error == 0) pthread_join(thread, NULL);
  return error;
}
static int new_namespace(place p) { (void)p; return told(unshare(CLONE_NEWUSER)); }
static int leave_session(place p) { (void)p; return told(setsid()); }
static int leave_group(place p) { (void)p; return told(setpgid(0, getpgid(getppid()))); }

static int trace_parent(place p) {
  (void)p;
  long result = ptrace(PTRACE_SEIZE, getppid(), NULL, NULL);
  if (result == 0) ptrace(PTRACE_DETACH, getppid(), NULL, NULL);
  return told(result);
}
static int peek_parent(place p) {
  (void)p;
  char byte;
  struct iovec here = {&byte, 1}, there = {(void *)&read_passwd, 1};
  // A wrong address is an answer of one who looked.
  int error = told(process_vm_readv(getppid(), &here, 1, &there, 1, 0));
  return error == EFAULT ? 0 : error;
}
// Signal 0 asks whether one could be sent.
static int signal_parent(place p) { (void)p; return told(kill(getppid(), 0)); }
static int signal_all(place p) { (void)p; return told(kill(-1, 0)); }
static int signal_init(place p) { (void)p; return told(kill(1, 0)); }
static int signal_thread(place p) { (void)p; return told(syscall(SYS_tgkill, getppid(), getppid(), 0)); }
static int signal_by_descriptor(place p) {
  (void)p;
  int number = (int)syscall(SYS_pidfd_open, getppid(), 0);
  if (number < 0) return errno;
  int error = told(syscall(SYS_pidfd_send_signal, number, 0, NULL, 0));
  close(number);
  return error;
}
static int limit_parent(place p) {
  (void)p;
  struct rlimit limit;
  if (prlimit(getppid(), RLIMIT_NOFILE, NULL, &limit) < 0) return errno;
  return told(prlimit(getppid(), RLIMIT_NOFILE, &limit, NULL));
}
static int hurry(place p) { (void)p; return told(setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0))); }
static int outlive_parent(place p) { (void)p; return told(prctl(PR_SET_PDEATHSIG, 0)); }
static int allow_dumps(place p) { (void)p; return told(prctl(PR_SET_DUMPABLE, 1)); }
static int lift_limits(place p) {
  (void)p;
  struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
  return told(setrlimit(RLIMIT_AS, &limit));
}

static int mount_something(place p) { return told(syscall(SYS_mount, "none", p.scratch, "tmpfs", 0, "size=4096")); }
static int load_program(place p) { (void)p; return told(syscall(SYS_bpf, 0, NULL, 0)); }
static int add_key(place p) { (void)p; return told(syscall(SYS_keyctl, 0 /* get */, -3 /* session */, 1)); }
static int use_ring(place p) {
  (void)p;
  char parameters[256] = {0};
  long number = syscall(SYS_io_uring_setup, 1, parameters);
  if (number >= 0) close((int)number);
  return told(number);
}
static int file_in_memory(place p) {
  (void)p;
  int number = memfd_create("program", MFD_CLOEXEC);
  if (number < 0) return errno;
  close(number);
  return 0;
}
static int handle_faults(place p) {
  (void)p;
  long number = syscall(SYS_userfaultfd, 0);
  if (number >= 0) close((int)number);
  return told(number);
}
static int measure_others(place p) {
  (void)p;
  char attributes[128] = {0};
  *(uint32_t *)(attributes + 4) = sizeof attributes;
  long number = syscall(SYS_perf_event_open, attributes, 0, -1, -1, 0);
  if (number >= 0) close((int)number);
  return told(number);
}
static int change_root(place p) { (void)p; return told(chroot("/")); }
static int writable_code(place p) {
  (void)p;
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? errno : 0;
}
static int make_code(place p) {
  (void)p;
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? errno : told(mprotect(memory, 4096, PROT_READ | PROT_EXEC));
}
static int reserve_memory(place p) {
  (void)p;
  void *memory =
      mmap(NULL, 1UL << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return errno;
  munmap(memory, 1UL << 40);
  return 0;
}
static int fake_input(place p) {
  (void)p;
  char byte = '\n';
  return told(syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, &byte)) == ENOTTY ? 0 : errno;
}

static const struct {
  const char *name;
  int (*attempt)(place);
} ways[] = {
    {"read-passwd", read_passwd}, {"read-by-detour", read_by_detour}, {"list-root", list_root},
    {"read-ledger", read_ledger}, {"write-ledger", write_ledger}, {"list-data", list_data}, {"write-data", write_data},
    {"write-attempts", write_attempts}, {"write-temporary", write_temporary}, {"write-library", write_library},
    {"read-parent-memory", read_parent_memory}, {"read-parent-environment", read_parent_environment},
    {"reopen-inputs", reopen_inputs}, {"change-mode-of-inputs", change_mode_of_inputs}, {"change-mode", change_mode},
    {"change-times", change_times}, {"truncate", truncate_ledger}, {"make-link", make_link},
    {"make-hard-link", make_hard_link}, {"make-pipe", make_pipe}, {"connect-tcp", connect_tcp},
    {"send-datagram", send_datagram}, {"listen-tcp", listen_tcp}, {"connect-engine", connect_engine},
    {"raw-socket", raw_socket}, {"fork", fork_child}, {"fork-bomb", fork_bomb}, {"execute", execute},
    {"start-thread", start_thread}, {"new-namespace", new_namespace}, {"leave-session", leave_session},
    {"leave-group", leave_group}, {"trace-parent", trace_parent}, {"peek-parent", peek_parent},
    {"signal-parent", signal_parent}, {"signal-all", signal_all}, {"signal-init", signal_init},
    {"signal-thread", signal_thread}, {"signal-by-descriptor", signal_by_descriptor}, {"limit-parent", limit_parent},
    {"hurry", hurry}, {"outlive-parent", outlive_parent}, {"allow-dumps", allow_dumps}, {"lift-limits", lift_limits},
    {"mount", mount_something}, {"load-program", load_program}, {"add-key", add_key}, {"use-ring", use_ring},
    {"file-in-memory", file_in_memory}, {"handle-faults", handle_faults}, {"measure-others", measure_others},
    {"change-root", change_root}, {"writable-code", writable_code}, {"make-code", make_code},
    {"reserve-memory", reserve_memory}, {"fake-input", fake_input},
};

const char *escapes_name(int number) {
  return number >= 0 && (size_t)number < sizeof ways / sizeof *ways ? ways[number].name : NULL;
}

int escapes_try(const char *name, const char *scratch, const char *data) {
  for (size_t index = 0; index < sizeof ways / sizeof *ways; index++)
    if (strcmp(ways[index].name, name) == 0) return ways[index].attempt((place){scratch, data});
  return -1;
}
