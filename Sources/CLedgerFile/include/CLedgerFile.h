#pragma once

#include <stddef.h>
#include <stdint.h>

// Checksums of the ledger's pages. SQLite ships a checksum VFS that no distribution builds; this is that idea with a
// CRC that also tells which bit of a page is wrong.

/// Bytes at the end of a page that hold its checksum: what SQLite calls the page's reserved space.
#define CLEDGERFILE_RESERVED 8

/// Makes the VFS that writes and verifies page checksums the default of this process. Files whose header reserves no
/// room for checksums pass through as they are. Returns an SQLite result code; may be called often.
int cledgerfile_register(void);

/// Makes a connection's new file, or its next VACUUM, reserve room for checksums. `connection` is a `sqlite3 *`.
/// Returns an SQLite result code.
int cledgerfile_reserve(void *connection);

/// Whether this SQLite takes `file:` names without being asked to.
int cledgerfile_takes_uris(void);

/// The checksum of page `number` (from 1) over its first `length` bytes: CRC-64/XZ begun with the page's number, so
/// that a page in another's place shows.
uint64_t cledgerfile_page_checksum(const uint8_t *page, size_t length, uint32_t number);

/// The one bit of the page's first `length` bytes whose flip makes its checksum `stored`, counted from the lowest bit
/// of the first byte; -1 where no one bit does. CRC-64 gives every bit of a page a syndrome of its own.
int64_t cledgerfile_wrong_bit(const uint8_t *page, size_t length, uint32_t number, uint64_t stored);

/// Goes on with the checksum of a write-ahead log over `length` bytes, a multiple of 8.
/// https://www.sqlite.org/fileformat2.html#checksum_algorithm
void cledgerfile_wal_checksum(const uint8_t *bytes, size_t length, int big_endian, uint32_t sum[2]);

/// The one bit of `bytes` whose flip adds `difference` to the sums of a write-ahead log, counted from the lowest bit of
/// the first byte; -1 where no bit does, -2 where several would: these sums do not tell every two bits apart.
int64_t cledgerfile_wal_wrong_bit(const uint8_t *bytes, size_t length, int big_endian, const uint32_t difference[2]);
