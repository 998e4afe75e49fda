#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// libjpeg's encoder, which leaves its caller by longjmp: that stays in here.

/// Encodes an image as Leptonica lays it out: words of four grey pixels, or of one coloured pixel as red, green and
/// blue from the highest byte down.
///
/// The bytes are those that Leptonica's own writer makes of it, which takes a third longer.
/// Returns what is to be freed by `free`; null where memory does not suffice.
uint8_t *cjpeg_encode(
    const uint32_t *words, size_t words_per_row, int width, int height, bool is_colour, int resolution, int quality,
    size_t *count);
