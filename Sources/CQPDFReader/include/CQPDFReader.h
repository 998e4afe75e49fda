#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What of libqpdf its own C interface does not show: streams piece by piece, so that none takes more memory than its
// reader wants, and walks through a page's resources. No function throws; nothing is printed.

#ifdef __cplusplus
extern "C" {
#endif

/// A PDF whose objects are looked at. Its bytes must stay where they are while it is open.
typedef struct cqpdf_reader cqpdf_reader;

/// Takes a piece of a stream; false ends the reading.
typedef bool (*cqpdf_sink)(void *context, const uint8_t *bytes, size_t count);

/// The innermost coding of a stream, where those around it lose nothing.
enum cqpdf_filter { CQPDF_FILTER_SAMPLES, CQPDF_FILTER_FAX, CQPDF_FILTER_JPEG, CQPDF_FILTER_OTHER };
enum cqpdf_space { CQPDF_SPACE_GREY, CQPDF_SPACE_RGB, CQPDF_SPACE_STENCIL, CQPDF_SPACE_OTHER };

/// An image that a page may draw.
struct cqpdf_image {
  /// Without the slash, where the page's own resources name it; else empty, and so where it is too long.
  char name[128];
  int object;
  int generation;
  int64_t width;
  int64_t height;
  int bits;
  enum cqpdf_filter filter;
  enum cqpdf_space space;
  /// Whether low samples are light: a decode array of [1 0].
  bool inverted;
  /// Whether it has a mask, or a decode array of another kind.
  bool masked;
  /// Whether a layer that may be off has it.
  bool optional;
  /// Of a fax: K, whether ones are black, whether its rows are aligned to bytes, its columns.
  int fax_k;
  bool fax_black_is_one;
  bool fax_aligned;
  int64_t fax_columns;
};

/// What a page's dictionary tells.
struct cqpdf_page {
  /// The crop box within the media box: left, bottom, right, top.
  double box[4];
  int rotation;
  /// Nothing but its content is drawn, in a unit of points: no annotations, no user unit.
  bool is_plain;
  /// Whether a Type 3 font draws itself, in the end.
  bool has_cyclic_font;
  /// Whether a form field is within itself, in the end: its full name has none.
  bool has_endless_field;
  /// Bytes of its content streams as stored; −1 where one is stored in more than one coding.
  int64_t content_length;
};

/// Opens a document; null where it cannot be read.
cqpdf_reader *cqpdf_open(const char *bytes, size_t count, const char *password);
void cqpdf_close(cqpdf_reader *reader);

/// Looks at a page, numbered from 1, and hands over each image that can be reached from it, to 1,000 of them.
bool cqpdf_look(
    cqpdf_reader *reader, int number, struct cqpdf_page *page, void (*found)(void *, const struct cqpdf_image *),
    void *context);

/// A page's content streams, one after the other.
bool cqpdf_read_content(cqpdf_reader *reader, int number, cqpdf_sink sink, void *context);

/// A stream's bytes, decrypted: in its innermost coding, or with all codings undone, of which none loses anything then.
bool cqpdf_read_stream(cqpdf_reader *reader, int object, int generation, bool decoded, cqpdf_sink sink, void *context);

/// Puts other samples of eight bits in an image's place, grey ones or red, green and blue. Changes what the reader holds.
bool cqpdf_replace_image(
    cqpdf_reader *reader, int object, int generation, int width, int height, bool is_colour, const uint8_t *samples,
    size_t count);

/// A document of that page alone, without what may not be drawn: images of more pixels become one white pixel, and
/// fonts that draw themselves are taken out where they do. Changes what the reader holds: close it afterwards.
bool cqpdf_write_harmless(cqpdf_reader *reader, int number, int64_t pixel_limit, cqpdf_sink sink, void *context);

#ifdef __cplusplus
}
#endif
