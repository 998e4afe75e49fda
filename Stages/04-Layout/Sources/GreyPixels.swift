import DocumentModel
import StageKit

/// Looks into a binary PGM file without decoding it: one byte a pixel, 0 is black.
struct GreyPixels {
  let width: Int
  let height: Int
  /// Pixels per point.
  let scale: Double
  private let bytes: UnsafeRawBufferPointer

  /// - Parameter bytes: the whole file; they must outlive this value.
  /// - Throws: `StageFailure` with `checkpoint_corrupt` where the file is no 8-bit PGM of its stated size.
  init(_ bytes: UnsafeRawBufferPointer, resolution: Double) throws {
    var at = 0
    func token() -> Int? {
      while at < bytes.count, bytes[at] == 0x23 || bytes[at] <= 0x20 {
        if bytes[at] == 0x23 {  // a comment, to the end of its line
          while at < bytes.count, bytes[at] != 0x0A { at += 1 }
        } else {
          at += 1
        }
      }
      var value = 0
      let start = at
      while at < bytes.count, (0x30...0x39).contains(bytes[at]), value < 1 << 24 {
        value = value * 10 + Int(bytes[at] - 0x30)
        at += 1
      }
      return at > start ? value : nil
    }
    guard bytes.count > 2, bytes[0] == 0x50, bytes[1] == 0x35 else { throw Self.corrupt }
    at = 2
    guard let width = token(), let height = token(), token() == 255, resolution > 0, width > 0, height > 0,
      bytes.count - at - 1 >= width * height
    else { throw Self.corrupt }
    (self.width, self.height, scale) = (width, height, resolution / 72)
    self.bytes = UnsafeRawBufferPointer(rebasing: bytes[(at + 1)...])
  }

  private static let corrupt = StageFailure(
    .checkpointCorrupt, "The page's grey raster cannot be read.", hint: "Run again from render.")

  func grey(x: Int, y: Int) -> UInt8 { bytes[y * width + x] }

  /// A row's pixels.
  func row(_ y: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[(y * width)..<((y + 1) * width)])
  }

  private static let faintest = 16  // grey levels: less contrast is no print to a reader
  private static let margin = 0.3  // of a word's height: boxes of text layers are rough

  /// Whether nothing is printed in a box of the page: all of one shade.
  func isBlank(_ box: BoundingBox) -> Bool {
    let margin = Self.margin * min(box.height, box.width)
    let left = column(box.left - margin)
    let right = column(box.right + margin)
    let top = line(box.top - margin)
    let bottom = line(box.bottom + margin)
    guard left < right, top < bottom else { return false }
    var (darkest, lightest) = (255, 0)
    for y in top...bottom {
      for x in left...right {
        let grey = Int(bytes[y * width + x])
        darkest = min(darkest, grey)
        lightest = max(lightest, grey)
      }
      if lightest - darkest >= Self.faintest { return false }
    }
    return true
  }

  private func column(_ x: Double) -> Int { Int(min(max(x * scale, 0), Double(width - 1))) }
  private func line(_ y: Double) -> Int { Int(min(max(y * scale, 0), Double(height - 1))) }
}
