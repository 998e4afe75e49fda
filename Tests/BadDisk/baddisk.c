// Loaded into a program by LD_PRELOAD, makes the disk under one folder fail at a moment.
//
// BADDISK=CALL:COUNT:HOW, with CALL one of write, fsync, rename, open; the COUNT-th call that concerns a file below
// BADDISK_FOLDER fails, once, or, where COUNT ends in +, it and all later ones. HOW is EIO, ENOSPC, EROFS, or short (half of what was to be written is),
// or held: the call waits as long as there is the file BADDISK_GATE.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int reached;

static int concerns(const char *path) {
  const char *folder = getenv("BADDISK_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int concerns_descriptor(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return concerns(path);
}

// 0 where the call is to work, else the errno; -1 for short.
static int fate(const char *call) {
  const char *drill = getenv("BADDISK");
  char name[16], how[16], more = 0;
  int count;
  if (!drill) return 0;
  if (sscanf(drill, "%15[a-z]:%d%c", name, &count, &more) < 3 || strcmp(name, call) != 0) return 0;
  const char *last = strrchr(drill, ':');
  snprintf(how, sizeof how, "%s", last + 1);
  int number = __atomic_add_fetch(&reached, 1, __ATOMIC_SEQ_CST);
  if (number != count && !(more == '+' && number > count)) return 0;
  if (strcmp(how, "short") == 0) return -1;
  if (strcmp(how, "held") == 0) {
    const char *gate = getenv("BADDISK_GATE");
    while (gate && access(gate, F_OK) == 0) usleep(5000);
    return 0;
  }
  return strcmp(how, "ENOSPC") == 0 ? ENOSPC : strcmp(how, "EROFS") == 0 ? EROFS : EIO;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *bytes, size_t count) {
  int error = concerns_descriptor(descriptor) ? fate("write") : 0;
  if (error > 0) return errno = error, -1;
  return REAL(write)(descriptor, bytes, error < 0 && count > 1 ? count / 2 : count);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t place) {
  int error = concerns_descriptor(descriptor) ? fate("write") : 0;
  if (error > 0) return errno = error, -1;
  return REAL(pwrite64)(descriptor, bytes, error < 0 && count > 1 ? count / 2 : count, place);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t place) {
  return pwrite64(descriptor, bytes, count, place);
}

static int forced(int descriptor, int (*real)(int)) {
  int error = concerns_descriptor(descriptor) ? fate("fsync") : 0;
  return error > 0 ? (errno = error, -1) : real(descriptor);
}

int fsync(int descriptor) { return forced(descriptor, REAL(fsync)); }
int fdatasync(int descriptor) { return forced(descriptor, REAL(fdatasync)); }

int rename(const char *old, const char *new) {
  int error = concerns(new) ? fate("rename") : 0;
  return error > 0 ? (errno = error, -1) : REAL(rename)(old, new);
}

int link(const char *old, const char *new) {
  int error = concerns(new) ? fate("rename") : 0;
  return error > 0 ? (errno = error, -1) : REAL(link)(old, new);
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
  int error = concerns(new) ? fate("rename") : 0;
  return error > 0 ? (errno = error, -1) : REAL(renameat2)(from, old, to, new, flags);
}
