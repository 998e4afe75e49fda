#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

_Static_assert(clinux_spawn_new_session == POSIX_SPAWN_SETSID, "see <spawn.h>");

static int checked(int result) { return result < 0 ? -errno : result; }

ssize_t clinux_send(int socket, const void *head, size_t head_length, const void *body, size_t body_length,
                    int descriptor) {
  // sendmsg does not write through these pointers; iovec merely has no const.
  struct iovec parts[2] = {{(void *)head, head_length}, {(void *)body, body_length}};
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr aligned;
  } control;
  struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
  if (descriptor >= 0) {
    memset(&control, 0, sizeof control);
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  }
  ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent < 0 ? -errno : sent;
}

ssize_t clinux_receive(int socket, void *buffer, size_t length, int *descriptor, bool *lost) {
  struct iovec part = {buffer, length};
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr aligned;
  } control;
  // CMSG_LEN, not CMSG_SPACE: the padding of the latter has room for a second descriptor, which would be leaked.
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = CMSG_LEN(sizeof(int))};
  *descriptor = -1;
  *lost = false;
  ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  if (received < 0) return -errno;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len >= CMSG_LEN(sizeof(int)))
    memcpy(descriptor, CMSG_DATA(header), sizeof *descriptor);
  *lost = (message.msg_flags & MSG_CTRUNC) != 0;
  return received;
}

int clinux_peer(int socket, pid_t *process, uid_t *user) {
  struct ucred credentials;
  socklen_t length = sizeof credentials;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) < 0) return -errno;
  *process = credentials.pid;
  *user = credentials.uid;
  return 0;
}

int clinux_start_writing(int file, off_t offset, off_t length) {
  return checked(sync_file_range(file, offset, length, SYNC_FILE_RANGE_WRITE));
}

int clinux_socket_pair(int ends[2]) { return checked(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)); }

int clinux_pipe(int ends[2]) { return checked(pipe2(ends, O_CLOEXEC)); }

int clinux_event_counter(void) { return checked(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }

int clinux_memory_file(void) { return checked(memfd_create("sheaf", MFD_CLOEXEC | MFD_ALLOW_SEALING)); }

int clinux_seal(int file) {
  return checked(fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL));
}

int clinux_pidfd_open(pid_t process) { return checked(pidfd_open(process, 0)); }

int clinux_set_parent_death_signal(int signal) {
  return checked(prctl(PR_SET_PDEATHSIG, (unsigned long)signal, 0UL, 0UL, 0UL));
}

int clinux_parent_death_signal(void) {
  int signal = 0;
  int result = checked(prctl(PR_GET_PDEATHSIG, &signal, 0UL, 0UL, 0UL));
  return result < 0 ? result : signal;
}

int clinux_set_no_new_privileges(void) { return checked(prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL)); }

int clinux_set_dumpable(bool dumpable) { return checked(prctl(PR_SET_DUMPABLE, dumpable ? 1UL : 0UL, 0UL, 0UL, 0UL)); }

int clinux_close_from(unsigned first) { return checked(close_range(first, UINT_MAX, 0)); }

int clinux_set_group_niceness(pid_t group, int niceness) {
  return checked(setpriority(PRIO_PGRP, (id_t)group, niceness));
}

int clinux_set_session_niceness(pid_t leader, int niceness) {
  char path[48], text[16];
  snprintf(path, sizeof path, "/proc/%d/autogroup", (int)leader);
  int length = snprintf(text, sizeof text, "%d", niceness);
  int file = checked(open(path, O_WRONLY | O_CLOEXEC));
  if (file < 0) return file;
  int result = checked(write(file, text, (size_t)length));
  close(file);
  return result < 0 ? result : 0;
}

int clinux_make_thread_nicer(int niceness) {
  // Linux takes 0 for the calling thread alone. Its niceness may be -1, so only errno tells a failure.
  errno = 0;
  int own = getpriority(PRIO_PROCESS, 0);
  if (own == -1 && errno != 0) return -errno;
  return checked(setpriority(PRIO_PROCESS, 0, own + niceness));
}

int clinux_limit_processor(pid_t process, unsigned long long seconds) {
  struct rlimit limit;
  if (prlimit(process, RLIMIT_CPU, NULL, &limit) < 0) return -errno;
  limit.rlim_cur = seconds < limit.rlim_max ? seconds : limit.rlim_max;
  return checked(prlimit(process, RLIMIT_CPU, &limit, NULL));
}

int clinux_name_thread(const char *name) { return checked(prctl(PR_SET_NAME, name, 0UL, 0UL, 0UL)); }

int clinux_line_buffer_stdout(void) { return setvbuf(stdout, NULL, _IOLBF, 0) == 0 ? 0 : -EINVAL; }

int clinux_spawn_add_close_from(posix_spawn_file_actions_t *actions, int first) {
  return -posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int clinux_spawn_add_change_directory(posix_spawn_file_actions_t *actions, const char *path) {
  return -posix_spawn_file_actions_addchdir_np(actions, path);
}
