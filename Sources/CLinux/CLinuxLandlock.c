#define _GNU_SOURCE
#include "CLinuxSandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// <linux/landlock.h> of older systems lacks what newer kernels offer, so the numbers of the interface stand here.
// https://docs.kernel.org/userspace-api/landlock.html

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif

struct ruleset {
  uint64_t handled_files;
  uint64_t handled_network;
  uint64_t scoped;
};

struct beneath {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed));

enum {
  RULE_PATH_BENEATH = 1,
  CREATE_RULESET_VERSION = 1,
};

enum {
  EXECUTE = 1 << 0,
  WRITE_FILE = 1 << 1,
  READ_FILE = 1 << 2,
  READ_DIR = 1 << 3,
  REMOVE_DIR = 1 << 4,
  REMOVE_FILE = 1 << 5,
  MAKE_CHAR = 1 << 6,
  MAKE_DIR = 1 << 7,
  MAKE_REG = 1 << 8,
  MAKE_SOCK = 1 << 9,
  MAKE_FIFO = 1 << 10,
  MAKE_BLOCK = 1 << 11,
  MAKE_SYM = 1 << 12,
  REFER = 1 << 13,     // from version 2
  TRUNCATE = 1 << 14,  // from version 3
  IOCTL_DEV = 1 << 15, // from version 5

  READ = READ_FILE | READ_DIR,
  // Neither links nor devices, pipes and sockets: nothing that could mislead whoever empties the folder.
  WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | TRUNCATE,
  ON_FILES = WRITE_FILE | READ_FILE | TRUNCATE,
};

enum {
  BIND_TCP = 1 << 0,
  CONNECT_TCP = 1 << 1,
  SCOPE_ABSTRACT_UNIX_SOCKET = 1 << 0,
  SCOPE_SIGNAL = 1 << 1,
};

int clinux_landlock_version(void) {
  long version = syscall(__NR_landlock_create_ruleset, NULL, 0UL, CREATE_RULESET_VERSION);
  return version < 0 ? 0 : (int)version;
}

static int allow(int ruleset, const clinux_reachable_path *path, uint64_t handled) {
  int parent = open(path->path, O_PATH | O_CLOEXEC);
  if (parent < 0) return 0;
  struct stat status;
  struct beneath rule = {.allowed = (path->writable ? WRITE : READ) & handled, .parent = parent};
  if (fstat(parent, &status) == 0 && !S_ISDIR(status.st_mode)) rule.allowed &= ON_FILES;
  long result = syscall(__NR_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0UL);
  int error = errno;
  close(parent);
  return result < 0 ? -error : 0;
}

int clinux_landlock_restrict(const clinux_reachable_path *paths, size_t count, bool allows_signals) {
  int version = clinux_landlock_version();
  if (version == 0) return -ENOSYS;
  struct ruleset attributes = {.handled_files = (1 << 13) - 1};
  if (version >= 2) attributes.handled_files |= REFER;
  if (version >= 3) attributes.handled_files |= TRUNCATE;
  if (version >= 4) attributes.handled_network = BIND_TCP | CONNECT_TCP;
  if (version >= 5) attributes.handled_files |= IOCTL_DEV;
  if (version >= 6) attributes.scoped = SCOPE_ABSTRACT_UNIX_SOCKET | (allows_signals ? 0 : SCOPE_SIGNAL);
  // Older kernels take a longer structure as long as what they do not know is zero.
  long ruleset = syscall(__NR_landlock_create_ruleset, &attributes, sizeof attributes, 0UL);
  if (ruleset < 0) return -errno;
  int result = 0;
  for (size_t index = 0; index < count && result == 0; index++)
    result = allow((int)ruleset, &paths[index], attributes.handled_files);
  if (result == 0 && syscall(__NR_landlock_restrict_self, (int)ruleset, 0UL) < 0) result = -errno;
  close((int)ruleset);
  return result < 0 ? result : version;
}
