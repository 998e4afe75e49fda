#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <spawn.h>
#include <sys/types.h>

#include "CLinuxSandbox.h"

// What Linux offers and Swift's Glibc module does not show. Every function returns a value of zero or more, or the
// negated errno: errno itself may be overwritten before Swift reads it.

/// Sends `head` and then `body` on a stream socket as far as it takes them without waiting, with one descriptor
/// beside the first byte (or none if `descriptor` is negative). Never raises SIGPIPE. Returns bytes taken.
ssize_t clinux_send(int socket, const void *head, size_t head_length, const void *body, size_t body_length,
                    int descriptor);

/// Receives what is there, without waiting. `*descriptor` becomes a close-on-exec descriptor that came along, or -1.
/// `*lost` says that the kernel dropped a descriptor: more than one came, or this process has no room for it.
/// Returns the bytes received, 0 at the end of the stream.
ssize_t clinux_receive(int socket, void *buffer, size_t length, int *descriptor, bool *lost);

/// Has the calling thread, not the process, give way to others by so much more than it does.
int clinux_make_thread_nicer(int niceness);

/// Starts to write a part of a file to the disk, and waits for nothing.
int clinux_start_writing(int file, off_t offset, off_t length);

/// The process and user at the other end of a Unix socket, as they were when it was connected.
int clinux_peer(int socket, pid_t *process, uid_t *user);

/// A connected pair of stream sockets, close-on-exec.
int clinux_socket_pair(int ends[2]);

/// A pipe, close-on-exec: `ends[0]` reads, `ends[1]` writes.
int clinux_pipe(int ends[2]);

/// An event counter, close-on-exec and never blocking.
int clinux_event_counter(void);

/// An empty file in memory, close-on-exec, that is gone when the last descriptor of it is closed.
int clinux_memory_file(void);

/// Has a file in memory stay as it is, whoever holds a descriptor of it.
int clinux_seal(int file);

/// A descriptor of a process that becomes readable when the process ends; close-on-exec.
int clinux_pidfd_open(pid_t process);

/// Asks for `signal` when the thread that spawned this process ends (`PR_SET_PDEATHSIG`); 0 asks for none.
int clinux_set_parent_death_signal(int signal);

/// The signal that `clinux_set_parent_death_signal` asked for, 0 if none.
int clinux_parent_death_signal(void);

/// Gives up for good the gaining of privileges by exec (`PR_SET_NO_NEW_PRIVS`).
int clinux_set_no_new_privileges(void);

/// Whether this process may dump core and be traced by others of its user (`PR_SET_DUMPABLE`).
int clinux_set_dumpable(bool dumpable);

/// Closes every descriptor from `first` on.
int clinux_close_from(unsigned first);

/// Sets the nice level of every thread of a process group.
int clinux_set_group_niceness(pid_t group, int niceness);

/// Sets the nice level of a session as a whole, where the kernel schedules sessions as groups (sched(7), "The autogroup
/// feature"). -ENOENT where it does not, -EAGAIN where it was asked too often within a tenth of a second.
int clinux_set_session_niceness(pid_t leader, int niceness);

/// Limits the processor time of a process, in seconds since its start; another call may raise it again.
int clinux_limit_processor(pid_t process, unsigned long long seconds);

/// Names the calling thread; Linux keeps 15 bytes.
int clinux_name_thread(const char *name);

/// Makes C's stdout flush at each line's end, whatever it is connected to.
int clinux_line_buffer_stdout(void);

/// The attribute that makes a child the leader of a session.
enum { clinux_spawn_new_session = 0x80 };  // POSIX_SPAWN_SETSID, which glibc shows only to its own dialect.

/// In the child: closes every descriptor from `first` on.
int clinux_spawn_add_close_from(posix_spawn_file_actions_t *actions, int first);

/// In the child: changes the working directory.
int clinux_spawn_add_change_directory(posix_spawn_file_actions_t *actions, const char *path);
