#pragma once

#include <stdbool.h>
#include <stddef.h>

// What a process may give up for good, by Landlock and seccomp. Functions return zero or more, or the negated errno.

/// One path that stays within reach, with all below it.
typedef struct {
  const char *path;
  /// Also to write: files and folders may be made and removed there.
  bool writable;
} clinux_reachable_path;

/// The version of Landlock that the kernel offers, from 1; 0 where it offers none.
int clinux_landlock_version(void);

/// Keeps the calling thread, and what it starts, from every file that is not below one of the paths, from executing
/// anything, from TCP, and from abstract sockets of others; from signals to others unless `allows_signals`. Paths that
/// are not there are passed over. Returns the version of Landlock that does it.
///
/// Needs no_new_privs. Older versions restrict less: TCP from 4, sockets and signals from 6.
int clinux_landlock_restrict(const clinux_reachable_path *paths, size_t count, bool allows_signals);

/// Refuses every system call but those that a process needs which computes on what it has: no other process or thread, no
/// socket, no mount, no signal to others (unless `allows_signals`), no memory that can be written and executed.
///
/// Needs no_new_privs. Holds for all threads. Returns 0.
int clinux_seccomp_restrict(bool allows_signals);

/// How many threads the calling process has.
int clinux_thread_count(void);
