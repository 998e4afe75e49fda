/// Why an image could not be read, written or changed.
package enum RasterFailure: Error, Hashable, CustomStringConvertible {
  /// The bytes begin like none of the formats read here.
  case unknownFormat
  /// A known format that is refused.
  case unsupportedFormat(ImageFormat)
  /// The format is known, the content is broken.
  case damaged(ImageFormat, detail: String)
  /// More pixels than the caller allows; found in the header, before anything is decoded.
  case tooManyPixels(width: Int, height: Int, limit: Int)
  /// Pages count from 0.
  case noSuchPage(Int, count: Int)
  /// A pixel file of our own that is not one, or ends early.
  case badPixelFile(detail: String)
  /// Reading or writing a descriptor failed.
  case inputOutput(errno: Int32)
  /// A rectangle that lies outside the image or is empty.
  case outside(PixelRect, width: Int, height: Int)
  /// The library refused an operation: out of memory, or an image it cannot take.
  case operation(String, detail: String)

  package var description: String {
    switch self {
    case .unknownFormat: "not an image of a known format; PNG, JPEG, TIFF, WebP and BMP are read"
    case .unsupportedFormat(let format): "\(format.rawValue) images are not read; convert it to PNG first"
    case .damaged(let format, let detail): "damaged \(format.rawValue) image: \(detail)"
    case .tooManyPixels(let width, let height, let limit):
      "image of \(width) × \(height) pixels exceeds the limit of \(limit); raise the limit or scale it down"
    case .noSuchPage(let page, let count): "image page \(page + 1) asked for, but there are \(count)"
    case .badPixelFile(let detail): "bad pixel file: \(detail)"
    case .inputOutput(let errno): "pixel file could not be read or written: error \(errno)"
    case .outside(let rect, let width, let height): "\(rect) lies outside an image of \(width) × \(height) pixels"
    case .operation(let name, let detail): "image operation \(name) failed: \(detail)"
    }
  }
}
