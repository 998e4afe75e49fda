#define _GNU_SOURCE
#include "CEventLoop.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define OR_ERRNO(call) ({ __typeof__(call) result_ = (call); result_ < 0 ? -(__typeof__(call))errno : result_; })

enum { batch = 512 };

int cloop_epoll_create(void) { return OR_ERRNO(epoll_create1(EPOLL_CLOEXEC)); }

static int control(int epoll, int operation, int descriptor, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  return OR_ERRNO(epoll_ctl(epoll, operation, descriptor, &event));
}

int cloop_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token) {
  return control(epoll, EPOLL_CTL_ADD, descriptor, events, token);
}

int cloop_epoll_change(int epoll, int descriptor, uint32_t events, uint64_t token) {
  return control(epoll, EPOLL_CTL_MOD, descriptor, events, token);
}

int cloop_epoll_remove(int epoll, int descriptor) { return control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0); }

int cloop_epoll_wait(int epoll, struct cloop_ready *ready, int capacity, int timeout) {
  struct epoll_event events[batch];
  int count = epoll_wait(epoll, events, capacity < batch ? capacity : batch, timeout);
  if (count < 0) return -errno;
  for (int i = 0; i < count; i++) ready[i] = (struct cloop_ready){events[i].data.u64, events[i].events};
  return count;
}

int cloop_event_counter(void) { return OR_ERRNO(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)); }

int cloop_event_signal(int counter) { return OR_ERRNO(eventfd_write(counter, 1)); }

// What a handler may touch: lock-free atomics, and eventfd_write, which is a write.
static _Atomic int signal_counter = -1;
static _Atomic uint64_t pending_signals;

static void note_signal(int signal) {
  int saved = errno;
  pending_signals |= UINT64_C(1) << (signal & 63);
  int counter = signal_counter;
  if (counter >= 0) (void)eventfd_write(counter, 1);
  errno = saved;
}

int cloop_catch_signals(const int *signals, int count) {
  int counter = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (counter < 0) return -errno;
  signal_counter = counter;
  struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < count; i++) {
    if (sigaction(signals[i], &action, NULL) < 0) {
      int error = errno;
      signal_counter = -1;
      close(counter);
      return -error;
    }
  }
  return counter;
}

int cloop_signal_next(int descriptor) {
  uint64_t told;
  (void)!read(descriptor, &told, sizeof told);
  uint64_t pending = pending_signals;
  if (pending == 0) return -EAGAIN;
  int signal = __builtin_ctzll(pending);
  pending_signals &= ~(UINT64_C(1) << signal);
  return signal;
}

static socklen_t ip_name(struct sockaddr_storage *name, int family, const uint8_t *address, uint16_t port) {
  memset(name, 0, sizeof *name);
  if (family == 6) {
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)name;
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    memcpy(&six->sin6_addr, address, 16);
    return sizeof *six;
  }
  struct sockaddr_in *four = (struct sockaddr_in *)name;
  four->sin_family = AF_INET;
  four->sin_port = htons(port);
  memcpy(&four->sin_addr, address, 4);
  return sizeof *four;
}

static socklen_t unix_name(struct sockaddr_storage *name, const char *path) {
  struct sockaddr_un *local = (struct sockaddr_un *)name;
  size_t length = strlen(path);
  if (length == 0 || length >= sizeof local->sun_path) return 0;
  memset(name, 0, sizeof *name);
  local->sun_family = AF_UNIX;
  memcpy(local->sun_path, path, length + 1);
  return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
}

static void describe(const struct sockaddr_storage *name, struct cloop_peer *peer) {
  memset(peer, 0, sizeof *peer);
  if (name->ss_family == AF_INET6) {
    const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)name;
    peer->family = 6;
    peer->port = ntohs(six->sin6_port);
    memcpy(peer->address, &six->sin6_addr, 16);
  } else if (name->ss_family == AF_INET) {
    const struct sockaddr_in *four = (const struct sockaddr_in *)name;
    peer->family = 4;
    peer->port = ntohs(four->sin_port);
    memcpy(peer->address, &four->sin_addr, 4);
  }
}

static int stream_socket(int family) { return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

static void without_delay(int descriptor) {
  // Two small writes under Nagle's algorithm cost 40 ms. Fails on Unix sockets, which have no such delay.
  int one = 1;
  (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

static int listening(int descriptor, const struct sockaddr_storage *name, socklen_t length, int backlog) {
  if (bind(descriptor, (const struct sockaddr *)name, length) < 0 || listen(descriptor, backlog) < 0) {
    int error = errno;
    close(descriptor);
    return -error;
  }
  return descriptor;
}

int cloop_listen_ip(int family, const uint8_t *address, uint16_t port, int backlog) {
  int descriptor = stream_socket(family == 6 ? AF_INET6 : AF_INET);
  if (descriptor < 0) return -errno;
  int one = 1;
  (void)setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (family == 6) (void)setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one);
  without_delay(descriptor);
  struct sockaddr_storage name;
  socklen_t length = ip_name(&name, family, address, port);
  return listening(descriptor, &name, length, backlog);
}

int cloop_listen_unix(const char *path, int backlog) {
  struct sockaddr_storage name;
  socklen_t length = unix_name(&name, path);
  if (length == 0) return -ENAMETOOLONG;
  int descriptor = stream_socket(AF_UNIX);
  if (descriptor < 0) return -errno;
  return listening(descriptor, &name, length, backlog);
}

static int connecting(int descriptor, const struct sockaddr_storage *name, socklen_t length) {
  if (connect(descriptor, (const struct sockaddr *)name, length) < 0 && errno != EINPROGRESS) {
    int error = errno;
    close(descriptor);
    return -error;
  }
  return descriptor;
}

int cloop_connect_ip(int family, const uint8_t *address, uint16_t port) {
  int descriptor = stream_socket(family == 6 ? AF_INET6 : AF_INET);
  if (descriptor < 0) return -errno;
  without_delay(descriptor);
  struct sockaddr_storage name;
  socklen_t length = ip_name(&name, family, address, port);
  return connecting(descriptor, &name, length);
}

int cloop_connect_unix(const char *path) {
  struct sockaddr_storage name;
  socklen_t length = unix_name(&name, path);
  if (length == 0) return -ENAMETOOLONG;
  int descriptor = stream_socket(AF_UNIX);
  if (descriptor < 0) return -errno;
  return connecting(descriptor, &name, length);
}

int cloop_connect_result(int descriptor) {
  int error = 0;
  socklen_t length = sizeof error;
  if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) < 0) return -errno;
  return -error;
}

int cloop_accept(int listener, struct cloop_peer *peer) {
  struct sockaddr_storage name;
  name.ss_family = AF_UNSPEC;
  socklen_t length = sizeof name;
  // TCP_NODELAY is inherited from the listening socket.
  int descriptor = accept4(listener, (struct sockaddr *)&name, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (descriptor < 0) return -errno;
  describe(&name, peer);
  return descriptor;
}

int cloop_local_address(int descriptor, struct cloop_peer *local) {
  struct sockaddr_storage name;
  socklen_t length = sizeof name;
  if (getsockname(descriptor, (struct sockaddr *)&name, &length) < 0) return -errno;
  describe(&name, local);
  return 0;
}

ssize_t cloop_receive(int descriptor, void *buffer, size_t length) {
  return OR_ERRNO(recv(descriptor, buffer, length, MSG_DONTWAIT));
}

ssize_t cloop_send(int descriptor, const struct iovec *buffers, int count) {
  if (count == 1) return OR_ERRNO(send(descriptor, buffers->iov_base, buffers->iov_len, MSG_NOSIGNAL | MSG_DONTWAIT));
  struct msghdr message;
  memset(&message, 0, sizeof message);
  message.msg_iov = (struct iovec *)buffers;
  message.msg_iovlen = (size_t)count;
  return OR_ERRNO(sendmsg(descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT));
}

ssize_t cloop_send_file(int descriptor, int file, int64_t offset, size_t length) {
  off_t from = offset;
  return OR_ERRNO(sendfile(descriptor, file, &from, length));
}

int cloop_shutdown_writing(int descriptor) { return OR_ERRNO(shutdown(descriptor, SHUT_WR)); }

int cloop_set_send_buffer(int descriptor, int bytes) {
  return OR_ERRNO(setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes));
}

int cloop_close(int descriptor) { return OR_ERRNO(close(descriptor)); }

void cloop_reset(int descriptor) {
  struct linger hard = {.l_onoff = 1, .l_linger = 0};
  (void)setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  (void)close(descriptor);
}

int cloop_open_beneath(int folder, const char *path) {
  struct open_how how = {
    // Without O_NONBLOCK a named pipe would hold the caller.
    .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY,
    .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
  };
  return (int)OR_ERRNO(syscall(SYS_openat2, folder, path, &how, sizeof how));
}

int cloop_open_folder(const char *path) { return OR_ERRNO(open(path, O_PATH | O_DIRECTORY | O_CLOEXEC)); }

int cloop_open_file(const char *path) { return OR_ERRNO(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)); }

int cloop_file_status(int descriptor, struct cloop_file *file) {
  struct stat status;
  if (fstat(descriptor, &status) < 0) return -errno;
  *file = (struct cloop_file){
    .size = status.st_size,
    .modified_seconds = status.st_mtim.tv_sec,
    .modified_nanoseconds = status.st_mtim.tv_nsec,
    .inode = status.st_ino,
    .is_regular = S_ISREG(status.st_mode),
  };
  return 0;
}

ssize_t cloop_read_at(int file, void *buffer, size_t length, int64_t offset) {
  return OR_ERRNO(pread(file, buffer, length, offset));
}

int64_t cloop_monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
