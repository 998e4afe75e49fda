#define POINTERHOLDER_TRANSITION 4
#include "CQPDFReader.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <qpdf/BufferInputSource.hh>
#include <qpdf/Pl_Discard.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

struct cqpdf_reader {
  QPDF pdf;
};

namespace {

constexpr int kDeepest = 24;               // resources within resources
constexpr int kMostObjects = 20'000;       // looked at for one page
constexpr int kMostImages = 1'000;         // handed over for one page
constexpr size_t kMostOfGlyph = 64 << 10;  // bytes of a glyph's description that are looked at
constexpr int kMostGlyphs = 512;           // of one font
constexpr int kDeepestField = 64;          // form fields within form fields

/// Stops a stream that its reader has enough of.
struct Enough : std::exception {};

/// Hands a stream on, in pieces that are worth a call: some decoders give four bytes at a time.
class SinkPipeline : public Pipeline {
 public:
  SinkPipeline(cqpdf_sink sink, void *context) : Pipeline("sink", nullptr), sink_(sink), context_(context) {}
  void write(unsigned char const *data, size_t count) override {
    if (gathered_.size() + count <= kPiece) {
      gathered_.append(reinterpret_cast<char const *>(data), count);
      return;
    }
    flush();
    if (count > kPiece) hand(data, count);
    else gathered_.append(reinterpret_cast<char const *>(data), count);
  }
  // A content's streams come one after the other, each with an end of its own.
  void finish() override {}
  /// Hands over what is still there; whoever pipes calls it in the end.
  void flush() {
    hand(reinterpret_cast<unsigned char const *>(gathered_.data()), gathered_.size());
    gathered_.clear();
  }

 private:
  static constexpr size_t kPiece = 64 << 10;  // bytes

  void hand(unsigned char const *data, size_t count) {
    if (count > 0 && !sink_(context_, data, count)) throw Enough();
  }

  cqpdf_sink sink_;
  void *context_;
  std::string gathered_;
};

/// Keeps the beginning of a stream.
class HeadPipeline : public Pipeline {
 public:
  explicit HeadPipeline(size_t most) : Pipeline("head", nullptr), most_(most) {}
  void write(unsigned char const *data, size_t count) override {
    text.append(reinterpret_cast<char const *>(data), std::min(count, most_ - text.size()));
    if (text.size() == most_) throw Enough();
  }
  void finish() override {}
  std::string text;

 private:
  size_t most_;
};

/// Pipes a stream as far as its codings can be undone.
///
/// - Returns: whether all of it came.
bool pipe(QPDFObjectHandle stream, Pipeline *pipeline, qpdf_stream_decode_level_e level) {
  bool is_filtered = false;
  return stream.pipeStreamData(pipeline, &is_filtered, 0, level, true, true);
}

QPDFObjectHandle page_of(cqpdf_reader *reader, int number) {
  auto const &pages = reader->pdf.getAllPages();
  if (number < 1 || static_cast<size_t>(number) > pages.size()) throw std::out_of_range("page");
  return pages[static_cast<size_t>(number) - 1];
}

int64_t integer(QPDFObjectHandle object, int64_t otherwise) {
  return object.isInteger() ? object.getIntValue() : otherwise;
}

bool is_lossless(QPDFObjectHandle filter) {
  static const std::set<std::string> names = {
      "/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCIIHexDecode", "/ASCII85Decode"};
  return filter.isName() && names.count(filter.getName()) > 0;
}

/// A stream's codings, the outermost first.
std::vector<QPDFObjectHandle> filters_of(QPDFObjectHandle dictionary) {
  QPDFObjectHandle filter = dictionary.getKey("/Filter");
  if (filter.isArray()) return filter.getArrayAsVector();
  return filter.isNull() ? std::vector<QPDFObjectHandle>() : std::vector<QPDFObjectHandle>{filter};
}

/// The innermost coding, where whatever is around it loses nothing.
enum cqpdf_filter filter_of(QPDFObjectHandle dictionary) {
  auto filters = filters_of(dictionary);
  if (std::all_of(filters.begin(), filters.end(), is_lossless)) return CQPDF_FILTER_SAMPLES;
  QPDFObjectHandle innermost = filters.back();
  filters.pop_back();
  if (!std::all_of(filters.begin(), filters.end(), is_lossless)) return CQPDF_FILTER_OTHER;
  if (innermost.isNameAndEquals("/CCITTFaxDecode")) return CQPDF_FILTER_FAX;
  return innermost.isNameAndEquals("/DCTDecode") ? CQPDF_FILTER_JPEG : CQPDF_FILTER_OTHER;
}

/// How the innermost coding is to be undone; null mostly.
QPDFObjectHandle parameters_of(QPDFObjectHandle dictionary) {
  QPDFObjectHandle parameters = dictionary.getKey("/DecodeParms");
  if (!parameters.isArray()) return parameters;
  auto count = static_cast<size_t>(parameters.getArrayNItems());
  return count > 0 && count == filters_of(dictionary).size() ? parameters.getArrayItem(static_cast<int>(count) - 1)
                                                             : QPDFObjectHandle::newNull();
}

/// Pipes a stream without the codings around its innermost one.
///
/// - Returns: whether all of it came.
bool pipe_innermost(QPDF &pdf, QPDFObjectHandle stream, Pipeline *pipeline) {
  QPDFObjectHandle dictionary = stream.getDict();
  auto filters = filters_of(dictionary);
  if (filters.size() < 2) return pipe(stream, pipeline, qpdf_dl_none);
  filters.pop_back();
  QPDFObjectHandle parameters = dictionary.getKey("/DecodeParms");
  auto outer_parameters = parameters.isArray() ? parameters.getArrayAsVector() : std::vector<QPDFObjectHandle>();
  if (!outer_parameters.empty()) outer_parameters.pop_back();
  // qpdf undoes all of a stream's codings or none, so what is around the innermost is made a stream of its own.
  QPDFObjectHandle outer = QPDFObjectHandle::newStream(&pdf);
  outer.replaceStreamData(
      stream.getRawStreamData(), QPDFObjectHandle::newArray(filters),
      outer_parameters.empty() ? QPDFObjectHandle::newNull() : QPDFObjectHandle::newArray(outer_parameters));
  // The document keeps the stream as long as it is open, but not what is in it.
  struct Emptying {
    QPDFObjectHandle stream;
    ~Emptying() {
      try {
        stream.replaceStreamData(std::string(), QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
      } catch (std::exception const &) {
        // Then it is kept, too.
      }
    }
  } emptying{outer};
  return pipe(outer, pipeline, qpdf_dl_specialized);
}

enum cqpdf_space space_of(QPDFObjectHandle dictionary) {
  QPDFObjectHandle mask = dictionary.getKey("/ImageMask");
  if (mask.isBool() && mask.getBoolValue()) return CQPDF_SPACE_STENCIL;
  QPDFObjectHandle space = dictionary.getKey("/ColorSpace");
  if (space.isName()) {
    if (space.getName() == "/DeviceGray") return CQPDF_SPACE_GREY;
    return space.getName() == "/DeviceRGB" ? CQPDF_SPACE_RGB : CQPDF_SPACE_OTHER;
  }
  if (space.isArray() && space.getArrayNItems() == 2 && space.getArrayItem(0).isNameAndEquals("/ICCBased") &&
      space.getArrayItem(1).isStream()) {
    int64_t components = integer(space.getArrayItem(1).getDict().getKey("/N"), 0);
    return components == 1 ? CQPDF_SPACE_GREY : components == 3 ? CQPDF_SPACE_RGB : CQPDF_SPACE_OTHER;
  }
  return CQPDF_SPACE_OTHER;
}

struct cqpdf_image described(QPDFObjectHandle stream, std::string const &name) {
  QPDFObjectHandle dictionary = stream.getDict();
  struct cqpdf_image image = {};
  if (name.size() < sizeof image.name) std::memcpy(image.name, name.c_str(), name.size() + 1);
  image.object = stream.getObjectID();
  image.generation = stream.getGeneration();
  image.width = integer(dictionary.getKey("/Width"), 0);
  image.height = integer(dictionary.getKey("/Height"), 0);
  image.filter = filter_of(dictionary);
  image.space = space_of(dictionary);
  int64_t bits = integer(dictionary.getKey("/BitsPerComponent"), image.space == CQPDF_SPACE_STENCIL ? 1 : 8);
  image.bits = bits >= 1 && bits <= 16 ? static_cast<int>(bits) : 0;
  image.masked = dictionary.hasKey("/SMask") || dictionary.hasKey("/Mask");
  image.optional = dictionary.hasKey("/OC");
  QPDFObjectHandle decode = dictionary.getKey("/Decode");
  for (int index = 0; decode.isArray() && index < decode.getArrayNItems(); index++) {
    QPDFObjectHandle item = decode.getArrayItem(index);
    double value = item.isNumber() ? item.getNumericValue() : -1;
    if (value == (index % 2 == 0 ? 0 : 1)) continue;
    bool is_inverse = decode.getArrayNItems() == 2 && value == (index == 0 ? 1 : 0);
    (is_inverse ? image.inverted : image.masked) = true;
  }
  QPDFObjectHandle parameters = parameters_of(dictionary);
  image.fax_columns = 1728;
  if (!parameters.isDictionary()) return image;
  if (image.filter == CQPDF_FILTER_JPEG && parameters.hasKey("/ColorTransform")) image.filter = CQPDF_FILTER_OTHER;
  image.fax_k = static_cast<int>(std::clamp<int64_t>(integer(parameters.getKey("/K"), 0), -1, 1));
  image.fax_columns = integer(parameters.getKey("/Columns"), 1728);
  QPDFObjectHandle black = parameters.getKey("/BlackIs1"), aligned = parameters.getKey("/EncodedByteAlign");
  image.fax_black_is_one = black.isBool() && black.getBoolValue();
  image.fax_aligned = aligned.isBool() && aligned.getBoolValue();
  return image;
}

void replace(QPDFObjectHandle stream, int width, int height, bool is_colour, std::string const &samples) {
  QPDFObjectHandle dictionary = stream.getDict();
  dictionary.removeKey("/Decode");
  dictionary.replaceKey("/ColorSpace", QPDFObjectHandle::newName(is_colour ? "/DeviceRGB" : "/DeviceGray"));
  dictionary.replaceKey("/Width", QPDFObjectHandle::newInteger(width));
  dictionary.replaceKey("/Height", QPDFObjectHandle::newInteger(height));
  dictionary.replaceKey("/BitsPerComponent", QPDFObjectHandle::newInteger(8));
  stream.replaceStreamData(samples, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
}

/// Gives a document what another's catalogue says; what cannot be copied is left out. Pages within become null.
void take(QPDF &from, QPDF &to, std::string const &key) {
  try {
    QPDFObjectHandle value = from.getRoot().getKey(key);
    if (!value.isDictionary()) return;
    QPDFObjectHandle indirect = value.isIndirect() ? value : from.makeIndirectObject(value);
    to.getRoot().replaceKey(key, to.copyForeignObject(indirect));
  } catch (std::exception const &) {
    // The page is drawn without it.
  }
}

/// Everything that can be drawn from a page's resources, each thing once.
class Walk {
 public:
  void (*found)(void *, const struct cqpdf_image *) = nullptr;
  void *context = nullptr;
  /// Images of more pixels are emptied, and fonts that draw themselves are taken out; −1 leaves all as they are.
  int64_t pixel_limit = -1;
  bool has_cyclic_font = false;

  void resources(QPDFObjectHandle dictionary, int depth) {
    if (!dictionary.isDictionary() || depth > kDeepest) return;
    each(dictionary.getKey("/XObject"), [&](std::string const &name, QPDFObjectHandle item) {
      if (!item.isStream()) return;
      QPDFObjectHandle kind = item.getDict().getKey("/Subtype");
      if (kind.isNameAndEquals("/Image")) image(item, depth == 0 ? name.substr(1) : "");
      if (kind.isNameAndEquals("/Form")) inside(item, item.getDict(), false, depth);
    });
    each(dictionary.getKey("/Pattern"), [&](std::string const &, QPDFObjectHandle item) {
      if (item.isStream()) inside(item, item.getDict(), false, depth);
    });
    each(dictionary.getKey("/ExtGState"), [&](std::string const &, QPDFObjectHandle item) {
      if (!item.isDictionary() || !item.getKey("/SMask").isDictionary()) return;
      QPDFObjectHandle group = item.getKey("/SMask").getKey("/G");
      if (group.isStream()) inside(group, group.getDict(), false, depth);
    });
    QPDFObjectHandle fonts = dictionary.getKey("/Font");
    std::vector<std::string> cyclic;
    each(fonts, [&](std::string const &name, QPDFObjectHandle font) {
      if (!font.isDictionary() || !font.getKey("/Subtype").isNameAndEquals("/Type3")) return;
      if (!inside(font, font, true, depth)) cyclic.push_back(name);
    });
    if (pixel_limit < 0) return;
    for (auto const &name : cyclic) fonts.removeKey(name);
  }

 private:
  struct Step {
    QPDFObjGen object;
    bool is_font;
  };
  std::vector<Step> path_;
  std::set<QPDFObjGen> seen_;
  int objects_ = 0;
  int images_ = 0;

  template <typename Body>
  void each(QPDFObjectHandle dictionary, Body body) {
    if (!dictionary.isDictionary()) return;
    for (auto const &name : dictionary.getKeys()) {
      if (++objects_ > kMostObjects) return;
      body(name, dictionary.getKey(name));
    }
  }

  /// - Returns: false where a font would be drawn within itself.
  bool inside(QPDFObjectHandle object, QPDFObjectHandle dictionary, bool is_font, int depth) {
    QPDFObjGen id = object.getObjGen();
    if (id.isIndirect()) {
      auto same = [&](Step const &step) { return step.object == id; };
      auto first = std::find_if(path_.begin(), path_.end(), same);
      if (first != path_.end()) {
        // Poppler itself does not draw a form within itself.
        bool is_cyclic = std::any_of(first, path_.end(), [](Step const &step) { return step.is_font; });
        has_cyclic_font = has_cyclic_font || is_cyclic;
        return !is_cyclic;
      }
      if (!seen_.insert(id).second) return true;
    }
    if (is_font && !draws_more_than_paths(dictionary)) return true;
    path_.push_back({id, is_font});
    resources(dictionary.getKey("/Resources"), depth + 1);
    path_.pop_back();
    return true;
  }

  /// Whether a Type 3 font's glyphs set text, fill with patterns or draw what has a name: most only paint their shape,
  /// whatever else stands in the resources that they share with the page.
  static bool draws_more_than_paths(QPDFObjectHandle font) {
    QPDFObjectHandle glyphs = font.getKey("/CharProcs");
    if (!glyphs.isDictionary()) return false;
    int count = 0;
    for (auto const &name : glyphs.getKeys()) {
      if (++count > kMostGlyphs) return true;
      QPDFObjectHandle glyph = glyphs.getKey(name);
      if (!glyph.isStream()) continue;
      HeadPipeline head(kMostOfGlyph);
      try {
        pipe(glyph, &head, qpdf_dl_specialized);
      } catch (Enough const &) {
      }
      for (char const *operation : {"Tf", "scn", "SCN", "Do", "gs"})
        if (head.text.find(operation) != std::string::npos) return true;
    }
    return false;
  }

  void image(QPDFObjectHandle stream, std::string const &name) {
    struct cqpdf_image image = described(stream, name);
    if (found != nullptr && images_++ < kMostImages) found(context, &image);
    if (pixel_limit < 0 || image.width <= 0 || image.height <= pixel_limit / image.width) return;
    for (char const *key : {"/SMask", "/Mask", "/ImageMask"}) stream.getDict().removeKey(key);
    replace(stream, 1, 1, false, "\xFF");
  }
};

/// As stored; −1 where it is nothing that can be told.
int64_t content_length(QPDFObjectHandle contents) {
  auto length = [](QPDFObjectHandle stream) -> int64_t {
    if (!stream.isStream()) return -1;
    QPDFObjectHandle filter = stream.getDict().getKey("/Filter");
    if (filter.isArray() && filter.getArrayNItems() > 1) return -1;
    return integer(stream.getDict().getKey("/Length"), -1);
  };
  if (!contents.isArray()) return length(contents);
  int64_t sum = 0;
  for (auto const &stream : contents.getArrayAsVector()) {
    int64_t one = length(stream);
    if (one < 0 || sum > INT64_MAX - one) return -1;
    sum += one;
  }
  return sum;
}

/// Whether some form field of a page's annotations is within itself, or so deep that it might as well be.
bool has_endless_field(QPDFObjectHandle notes) {
  if (!notes.isArray()) return false;
  int count = std::min(notes.getArrayNItems(), kMostObjects);
  for (int index = 0; index < count; index++) {
    QPDFObjectHandle field = notes.getArrayItem(index);
    int depth = 0;
    while (field.isDictionary() && field.hasKey("/Parent")) {
      if (++depth > kDeepestField) return true;
      field = field.getKey("/Parent");
    }
  }
  return false;
}

void look(QPDFObjectHandle object, struct cqpdf_page *page) {
  QPDFPageObjectHelper helper(object);
  auto box = helper.getMediaBox().getArrayAsRectangle();
  auto crop = helper.getCropBox().getArrayAsRectangle();
  page->box[0] = std::max(box.llx, crop.llx);
  page->box[1] = std::max(box.lly, crop.lly);
  page->box[2] = std::min(box.urx, crop.urx);
  page->box[3] = std::min(box.ury, crop.ury);
  page->rotation = static_cast<int>(integer(helper.getAttribute("/Rotate", false), 0) % 360);
  QPDFObjectHandle notes = object.getKey("/Annots");
  page->is_plain = !object.hasKey("/UserUnit") && (!notes.isArray() || notes.getArrayNItems() == 0);
  page->has_endless_field = has_endless_field(notes);
  page->content_length = content_length(object.getKey("/Contents"));
}

/// Runs what may throw: qpdf throws on anything it cannot make sense of.
template <typename Body>
bool attempt(Body body) {
  try {
    body();
    return true;
  } catch (std::exception const &) {
    return false;
  }
}

}  // namespace

cqpdf_reader *cqpdf_open(const char *bytes, size_t count, const char *password) {
  auto reader = std::make_unique<cqpdf_reader>();
  bool is_open = attempt([&] {
    reader->pdf.setSuppressWarnings(true);
    reader->pdf.processMemoryFile("document", bytes, count, password);
    reader->pdf.getAllPages();
  });
  return is_open ? reader.release() : nullptr;
}

void cqpdf_close(cqpdf_reader *reader) { delete reader; }

bool cqpdf_look(
    cqpdf_reader *reader, int number, struct cqpdf_page *page, void (*found)(void *, const struct cqpdf_image *),
    void *context) {
  return attempt([&] {
    QPDFObjectHandle object = page_of(reader, number);
    *page = {};
    look(object, page);
    Walk walk;
    walk.found = found;
    walk.context = context;
    walk.resources(QPDFPageObjectHelper(object).getAttribute("/Resources", false), 0);
    page->has_cyclic_font = walk.has_cyclic_font;
  });
}

bool cqpdf_read_content(cqpdf_reader *reader, int number, cqpdf_sink sink, void *context) {
  return attempt([&] {
    SinkPipeline pipeline(sink, context);
    QPDFObjectHandle contents = page_of(reader, number).getKey("/Contents");
    std::vector<QPDFObjectHandle> streams;
    if (contents.isArray()) streams = contents.getArrayAsVector();
    else streams.push_back(contents);
    for (auto &stream : streams) {
      if (!stream.isStream() || !pipe(stream, &pipeline, qpdf_dl_specialized))
        throw std::runtime_error("content");
      pipeline.writeCStr("\n");
    }
    pipeline.flush();
  });
}

bool cqpdf_read_stream(cqpdf_reader *reader, int object, int generation, bool decoded, cqpdf_sink sink, void *context) {
  return attempt([&] {
    SinkPipeline pipeline(sink, context);
    QPDFObjectHandle stream = reader->pdf.getObjectByID(object, generation);
    if (!stream.isStream()) throw std::runtime_error("no stream");
    bool is_whole = decoded ? pipe(stream, &pipeline, qpdf_dl_specialized)
                            : pipe_innermost(reader->pdf, stream, &pipeline);
    // What came before the damage may be all that is wanted.
    pipeline.flush();
    if (!is_whole) throw std::runtime_error("stream");
  });
}

bool cqpdf_replace_image(
    cqpdf_reader *reader, int object, int generation, int width, int height, bool is_colour, const uint8_t *samples,
    size_t count) {
  return attempt([&] {
    QPDFObjectHandle stream = reader->pdf.getObjectByID(object, generation);
    if (!stream.isStream()) throw std::runtime_error("no stream");
    replace(stream, width, height, is_colour, std::string(reinterpret_cast<char const *>(samples), count));
  });
}

bool cqpdf_write_harmless(cqpdf_reader *reader, int number, int64_t pixel_limit, cqpdf_sink sink, void *context) {
  return attempt([&] {
    // A page that is taken to another document does not bring what it inherits.
    reader->pdf.pushInheritedAttributesToPage();
    QPDFObjectHandle object = page_of(reader, number);
    QPDFPageObjectHelper helper(object);
    Walk walk;
    walk.pixel_limit = pixel_limit;
    walk.resources(helper.getAttribute("/Resources", true), 0);
    QPDF alone;
    alone.setSuppressWarnings(true);
    alone.emptyPDF();
    alone.addPage(object, true);
    // Which layers are off, and what fields without an appearance of their own are drawn with.
    take(reader->pdf, alone, "/OCProperties");
    take(reader->pdf, alone, "/AcroForm");
    SinkPipeline pipeline(sink, context);
    QPDFWriter writer(alone);
    writer.setOutputPipeline(&pipeline);
    writer.setStaticID(true);
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.write();
    pipeline.flush();
  });
}
