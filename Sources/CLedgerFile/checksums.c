#include "CLedgerFile.h"

#include <pthread.h>

// CRC-64/XZ (ECMA-182, reflected), eight bytes a step.
static uint64_t table[8][256];
static pthread_once_t table_made = PTHREAD_ONCE_INIT;

static void make_table(void) {
  for (int byte = 0; byte < 256; byte++) {
    uint64_t value = (uint64_t)byte;
    for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ ((value & 1) ? 0xC96C5795D7870F42u : 0);
    table[0][byte] = value;
  }
  for (int byte = 0; byte < 256; byte++)
    for (int step = 1; step < 8; step++)
      table[step][byte] = table[0][table[step - 1][byte] & 0xFF] ^ (table[step - 1][byte] >> 8);
}

uint64_t cledgerfile_page_checksum(const uint8_t *page, size_t length, uint32_t number) {
  pthread_once(&table_made, make_table);
  uint64_t crc = ~(uint64_t)number;
  size_t at = 0;
  for (; at + 8 <= length; at += 8) {
    for (int i = 0; i < 8; i++) crc ^= (uint64_t)page[at + i] << (8 * i);
    crc = table[7][crc & 0xFF] ^ table[6][(crc >> 8) & 0xFF] ^ table[5][(crc >> 16) & 0xFF] ^
          table[4][(crc >> 24) & 0xFF] ^ table[3][(crc >> 32) & 0xFF] ^ table[2][(crc >> 40) & 0xFF] ^
          table[1][(crc >> 48) & 0xFF] ^ table[0][crc >> 56];
  }
  for (; at < length; at++) crc = table[0][(crc ^ page[at]) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

int64_t cledgerfile_wrong_bit(const uint8_t *page, size_t length, uint32_t number, uint64_t stored) {
  // A CRC is linear: a wrong bit adds what the message of that bit alone would have, whatever the other bits are.
  uint64_t syndrome = cledgerfile_page_checksum(page, length, number) ^ stored;
  uint64_t effects[8];
  for (int bit = 0; bit < 8; bit++) effects[bit] = table[0][1 << bit];
  for (size_t back = 1; back <= length; back++) {
    for (int bit = 0; bit < 8; bit++) {
      if (effects[bit] == syndrome) return (int64_t)(length - back) * 8 + bit;
      effects[bit] = table[0][effects[bit] & 0xFF] ^ (effects[bit] >> 8);
    }
  }
  return -1;
}

static uint32_t word(const uint8_t *b, int big_endian) {
  return big_endian ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]
                    : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

void cledgerfile_wal_checksum(const uint8_t *bytes, size_t length, int big_endian, uint32_t sum[2]) {
  uint32_t first = sum[0], second = sum[1];
  for (size_t at = 0; at + 8 <= length; at += 8) {
    first += word(bytes + at, big_endian) + second;
    second += word(bytes + at + 4, big_endian) + first;
  }
  sum[0] = first;
  sum[1] = second;
}

int64_t cledgerfile_wal_wrong_bit(const uint8_t *bytes, size_t length, int big_endian, const uint32_t difference[2]) {
  // The sums are linear: a change of a word by d changes them by d times factors that depend only on how many words
  // follow. From the last pair of words to the first, those factors go on like Fibonacci's numbers.
  uint32_t even[2] = {1, 1}, odd[2] = {0, 1};
  int64_t found = -1;
  for (size_t end = length / 8 * 8; end >= 8; end -= 8) {
    for (int half = 0; half < 2; half++) {
      const uint8_t *at = bytes + end - 8 + 4 * half;
      const uint32_t *factor = half ? odd : even;
      uint32_t value = word(at, big_endian);
      for (int bit = 0; bit < 32; bit++) {
        uint32_t change = (value >> bit & 1) ? 0u - ((uint32_t)1 << bit) : (uint32_t)1 << bit;
        if (change * factor[0] != difference[0] || change * factor[1] != difference[1]) continue;
        if (found >= 0) return -2;
        int byte = big_endian ? 3 - bit / 8 : bit / 8;
        found = (int64_t)(at - bytes + byte) * 8 + bit % 8;
      }
    }
    even[0] += even[1], even[1] += even[0];
    odd[0] += odd[1], odd[1] += odd[0];
  }
  return found;
}
