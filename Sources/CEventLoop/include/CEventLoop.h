#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

// What Linux offers and Swift's Glibc module does not show. Every function returns a value of zero or more, or the
// negated errno: errno itself may be overwritten before Swift reads it. Every descriptor made here is close-on-exec.

/// One descriptor that is ready: what for (`EPOLLIN` …) and the token it was registered with.
struct cloop_ready {
  uint64_t token;
  uint32_t events;
};

/// The end of a connection: `family` is 4, 6, or 0 for a Unix socket; the port is in host order.
struct cloop_peer {
  uint8_t address[16];
  uint16_t port;
  uint8_t family;
};

/// What is known of an open file.
struct cloop_file {
  int64_t size;
  int64_t modified_seconds;
  int64_t modified_nanoseconds;
  uint64_t inode;
  bool is_regular;
};

int cloop_epoll_create(void);
int cloop_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token);
int cloop_epoll_change(int epoll, int descriptor, uint32_t events, uint64_t token);
int cloop_epoll_remove(int epoll, int descriptor);

/// Waits at most `timeout` milliseconds (−1: for ever) for up to `capacity` (≤ 512) ready descriptors.
int cloop_epoll_wait(int epoll, struct cloop_ready *ready, int capacity, int timeout);

/// An event counter, never blocking.
int cloop_event_counter(void);
int cloop_event_signal(int counter);

/// Catches `signals`, whatever thread they are delivered to: the descriptor becomes readable, and `cloop_signal_next`
/// tells which. One per process; a later call replaces the earlier.
int cloop_catch_signals(const int *signals, int count);
/// The next signal that was caught, or −EAGAIN.
int cloop_signal_next(int descriptor);

/// Listening stream sockets, never blocking. `family` is 4 or 6; `address` has 4 or 16 bytes.
int cloop_listen_ip(int family, const uint8_t *address, uint16_t port, int backlog);
int cloop_listen_unix(const char *path, int backlog);

/// Starts to connect; the socket becomes writable when that has ended.
int cloop_connect_ip(int family, const uint8_t *address, uint16_t port);
int cloop_connect_unix(const char *path);
/// The outcome of a connection that was started: 0, or the negated error.
int cloop_connect_result(int socket);

/// The next waiting connection, never blocking, without Nagle's delay.
int cloop_accept(int listener, struct cloop_peer *peer);
/// The address that a socket is bound to.
int cloop_local_address(int socket, struct cloop_peer *local);

ssize_t cloop_receive(int socket, void *buffer, size_t length);
/// Sends from `count` buffers as far as the socket takes them. Never raises SIGPIPE.
ssize_t cloop_send(int socket, const struct iovec *buffers, int count);
/// Sends from a file at `offset`; 0 means that the file ends there. Raises SIGPIPE, unlike the other: for threads that
/// signals are kept from.
ssize_t cloop_send_file(int socket, int file, int64_t offset, size_t length);
int cloop_shutdown_writing(int socket);
/// Sets the kernel's send buffer, in bytes.
int cloop_set_send_buffer(int socket, int bytes);
int cloop_close(int descriptor);
/// Closes with a reset: what is unsent is thrown away.
void cloop_reset(int socket);

/// Opens `path` for reading, which must lie beneath `folder` whatever links and dots say (RESOLVE_BENEATH).
int cloop_open_beneath(int folder, const char *path);
int cloop_open_folder(const char *path);
int cloop_open_file(const char *path);
int cloop_file_status(int descriptor, struct cloop_file *file);
ssize_t cloop_read_at(int file, void *buffer, size_t length, int64_t offset);

/// Nanoseconds of the monotonic clock.
int64_t cloop_monotonic(void);
