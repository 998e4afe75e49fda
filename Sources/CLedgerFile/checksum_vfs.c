#include "CLedgerFile.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// A shim over the system's VFS: what is written to a database file gets its checksum, what is read from it is verified.
// The write-ahead log has checksums of its own, and temporary files need none: both pass through unseen.

typedef struct {
  sqlite3_file base;
  sqlite3_int64 page_size;  // 0 as long as the file is not known to reserve room for checksums
  uint8_t *page;            // where a page gets its checksum, so that SQLite's own copy stays as it is
} ChecksumFile;

static sqlite3_vfs *system_vfs;

// SQLite keeps the system's own file right behind ours, as `szOsFile` asks for.
static sqlite3_file *inner(sqlite3_file *file) { return (sqlite3_file *)((ChecksumFile *)file + 1); }

static uint64_t load(const uint8_t *bytes) {
  uint64_t value = 0;
  for (int i = 7; i >= 0; i--) value = value << 8 | bytes[i];
  return value;
}

static void store(uint8_t *bytes, uint64_t value) {
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(value >> (8 * i));
}

// Learns from the file's header, whenever that goes by, whether its pages have room for checksums.
static int learn(ChecksumFile *file, const uint8_t *bytes, int count, sqlite3_int64 offset) {
  if (offset != 0 || count < 100 || memcmp(bytes, "SQLite format 3", 16) != 0) return SQLITE_OK;
  sqlite3_int64 size = (sqlite3_int64)bytes[16] << 8 | bytes[17];
  if (size == 1) size = 65536;
  if (bytes[20] != CLEDGERFILE_RESERVED || size < 512 || (size & (size - 1)) != 0) size = 0;
  if (size != file->page_size) {
    free(file->page);
    file->page = size ? malloc((size_t)size) : NULL;
    file->page_size = file->page ? size : 0;
    if (size && !file->page) return SQLITE_NOMEM;
  }
  return SQLITE_OK;
}

static int is_page(const ChecksumFile *file, int count, sqlite3_int64 offset) {
  return file->page_size && count == file->page_size && offset % file->page_size == 0;
}

static int close_file(sqlite3_file *file) {
  free(((ChecksumFile *)file)->page);
  ((ChecksumFile *)file)->page = NULL;
  return inner(file)->pMethods->xClose(inner(file));
}

static int read_file(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
  ChecksumFile *file = (ChecksumFile *)base;
  int code = inner(base)->pMethods->xRead(inner(base), bytes, count, offset);
  if (code != SQLITE_OK) return code;
  code = learn(file, bytes, count, offset);
  if (code != SQLITE_OK || !is_page(file, count, offset)) return code;
  size_t length = (size_t)count - CLEDGERFILE_RESERVED;
  uint32_t number = (uint32_t)(offset / file->page_size) + 1;
  if (cledgerfile_page_checksum(bytes, length, number) == load((uint8_t *)bytes + length)) return SQLITE_OK;
  sqlite3_log(SQLITE_IOERR_DATA, "page %u does not have its checksum", number);
  return SQLITE_IOERR_DATA;
}

static int write_file(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
  ChecksumFile *file = (ChecksumFile *)base;
  int code = learn(file, bytes, count, offset);
  if (code != SQLITE_OK) return code;
  if (!is_page(file, count, offset)) return inner(base)->pMethods->xWrite(inner(base), bytes, count, offset);
  size_t length = (size_t)count - CLEDGERFILE_RESERVED;
  memcpy(file->page, bytes, length);
  store(file->page + length, cledgerfile_page_checksum(bytes, length, (uint32_t)(offset / file->page_size) + 1));
  return inner(base)->pMethods->xWrite(inner(base), file->page, count, offset);
}

static int truncate_file(sqlite3_file *f, sqlite3_int64 size) { return inner(f)->pMethods->xTruncate(inner(f), size); }
static int sync_file(sqlite3_file *f, int flags) { return inner(f)->pMethods->xSync(inner(f), flags); }
static int file_size(sqlite3_file *f, sqlite3_int64 *size) { return inner(f)->pMethods->xFileSize(inner(f), size); }
static int lock_file(sqlite3_file *f, int level) { return inner(f)->pMethods->xLock(inner(f), level); }
static int unlock_file(sqlite3_file *f, int level) { return inner(f)->pMethods->xUnlock(inner(f), level); }
static int is_reserved(sqlite3_file *f, int *out) { return inner(f)->pMethods->xCheckReservedLock(inner(f), out); }
static int control(sqlite3_file *f, int op, void *arg) { return inner(f)->pMethods->xFileControl(inner(f), op, arg); }
static int sector_size(sqlite3_file *f) { return inner(f)->pMethods->xSectorSize(inner(f)); }
static int characteristics(sqlite3_file *f) { return inner(f)->pMethods->xDeviceCharacteristics(inner(f)); }
static int shm_map(sqlite3_file *f, int region, int size, int extend, void volatile **out) {
  return inner(f)->pMethods->xShmMap(inner(f), region, size, extend, out);
}
static int shm_lock(sqlite3_file *f, int offset, int n, int flags) {
  return inner(f)->pMethods->xShmLock(inner(f), offset, n, flags);
}
static void shm_barrier(sqlite3_file *f) { inner(f)->pMethods->xShmBarrier(inner(f)); }
static int shm_unmap(sqlite3_file *f, int remove) { return inner(f)->pMethods->xShmUnmap(inner(f), remove); }
// No page is ever handed out mapped: it would not be verified.
static int fetch(sqlite3_file *f, sqlite3_int64 offset, int count, void **out) {
  (void)f, (void)offset, (void)count;
  *out = NULL;
  return SQLITE_OK;
}
static int unfetch(sqlite3_file *f, sqlite3_int64 offset, void *page) {
  (void)f, (void)offset, (void)page;
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    3,           close_file, read_file,    write_file, truncate_file, sync_file,       file_size, lock_file, unlock_file,
    is_reserved, control,    sector_size,  characteristics, shm_map,  shm_lock,        shm_barrier, shm_unmap, fetch,
    unfetch,
};

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  (void)vfs;
  if (!(flags & SQLITE_OPEN_MAIN_DB)) return system_vfs->xOpen(system_vfs, name, file, flags, out);
  memset(file, 0, sizeof(ChecksumFile));
  int code = system_vfs->xOpen(system_vfs, name, inner(file), flags, out);
  // SQLite closes only what has methods, and of ours it may close nothing where the system opened nothing.
  if (inner(file)->pMethods) file->pMethods = &methods;
  return code;
}

static sqlite3_vfs checksum_vfs;
static int registration = SQLITE_ERROR;
static pthread_once_t registered = PTHREAD_ONCE_INIT;

static void register_once(void) {
  registration = sqlite3_initialize();
  if (registration != SQLITE_OK) return;
  system_vfs = sqlite3_vfs_find(NULL);
  if (!system_vfs) {
    registration = SQLITE_ERROR;
    return;
  }
  // Everything but opening is the system's own: its functions never look at the VFS they are called through but for
  // these fields.
  checksum_vfs = *system_vfs;
  checksum_vfs.zName = "sheaf-checksum";
  checksum_vfs.szOsFile = (int)sizeof(ChecksumFile) + system_vfs->szOsFile;
  checksum_vfs.xOpen = open_file;
  checksum_vfs.pNext = NULL;
  registration = sqlite3_vfs_register(&checksum_vfs, 1);
}

int cledgerfile_register(void) {
  pthread_once(&registered, register_once);
  return registration;
}

int cledgerfile_reserve(void *connection) {
  int reserved = CLEDGERFILE_RESERVED;
  return sqlite3_file_control((sqlite3 *)connection, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
}

int cledgerfile_takes_uris(void) { return sqlite3_compileoption_used("USE_URI"); }
