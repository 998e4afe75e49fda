#include "CJPEG.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

struct failure {
  struct jpeg_error_mgr manager;
  jmp_buf place;
  // Here, since a jump back leaves variables that have changed without a value.
  unsigned char *buffer;
  unsigned long length;
  bool is_done;
};

static void leave(j_common_ptr info) {
  struct failure *failure = (struct failure *)info->err;
  longjmp(failure->place, 1);
}

/// Nothing is printed.
static void keep_quiet(j_common_ptr info) { (void)info; }

static void copy_grey(const uint32_t *words, size_t count, uint8_t *row) {
  for (size_t index = 0; index < count; index++) {
    uint32_t word = __builtin_bswap32(words[index]);
    memcpy(row + 4 * index, &word, 4);
  }
}

static void copy_colours(const uint32_t *words, int width, uint8_t *row) {
  for (int x = 0; x < width; x++) {
    row[3 * x] = (uint8_t)(words[x] >> 24);
    row[3 * x + 1] = (uint8_t)(words[x] >> 16);
    row[3 * x + 2] = (uint8_t)(words[x] >> 8);
  }
}

uint8_t *cjpeg_encode(
    const uint32_t *words, size_t words_per_row, int width, int height, bool is_colour, int resolution, int quality,
    size_t *count) {
  struct jpeg_compress_struct info;
  struct failure failure = {.buffer = NULL};
  // A row of grey is copied in whole words.
  uint8_t *row = malloc((is_colour ? (size_t)width * 3 : words_per_row * 4) + 4);
  if (row == NULL) return NULL;
  info.err = jpeg_std_error(&failure.manager);
  failure.manager.error_exit = leave;
  failure.manager.output_message = keep_quiet;
  if (setjmp(failure.place) == 0) {
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &failure.buffer, &failure.length);
    info.image_width = (JDIMENSION)width;
    info.image_height = (JDIMENSION)height;
    info.input_components = is_colour ? 3 : 1;
    info.in_color_space = is_colour ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&info);
    if (resolution > 0) {
      info.density_unit = 1;
      info.X_density = info.Y_density = (UINT16)resolution;
    }
    jpeg_set_quality(&info, quality, TRUE);
    jpeg_start_compress(&info, TRUE);
    for (int y = 0; y < height; y++) {
      const uint32_t *source = words + (size_t)y * words_per_row;
      if (is_colour) copy_colours(source, width, row);
      else copy_grey(source, words_per_row, row);
      JSAMPROW rows[1] = {row};
      jpeg_write_scanlines(&info, rows, 1);
    }
    jpeg_finish_compress(&info);
    failure.is_done = true;
  }
  jpeg_destroy_compress(&info);
  free(row);
  if (!failure.is_done) {
    free(failure.buffer);
    return NULL;
  }
  *count = failure.length;
  return failure.buffer;
}
