import Foundation
import Leptonica

/// A PDF of one page, written by hand: images by name and a content stream.
struct DrawnPDF {
  /// An 8-bit image: grey where it has as many samples as pixels, RGB where three times as many.
  struct Picture {
    let width: Int
    let height: Int
    let samples: [UInt8]
    /// The same as a JPEG file, where that is what the document is to hold.
    var jpeg: [UInt8]?
  }

  var pictures: [Picture] = []
  /// Places picture `i` with `q w 0 0 h x y cm /Ii Do Q`; origin at the lower left.
  var content = ""
  var width = 400, height = 600

  mutating func place(_ picture: Picture, x: Double, y: Double, width: Double, height: Double) {
    content += "q \(width) 0 0 \(height) \(x) \(y) cm /I\(pictures.count) Do Q\n"
    pictures.append(picture)
  }

  /// A photograph of nothing: colours that change from pixel to pixel.
  static func photograph(width: Int, height: Int) -> Picture {
    var samples: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        samples += [UInt8(x * 255 / width), UInt8(y * 255 / height), UInt8((x * 7 + y * 13) % 256)]
      }
    }
    return Picture(width: width, height: height, samples: samples)
  }

  /// A photograph of nothing as a camera stores it: a JPEG that says it was held sideways, and where.
  ///
  /// - Parameter tint: blue of all its pixels, by which one is told from another.
  static func jpeg(width: Int, height: Int, tint: UInt8 = 0) throws -> Picture {
    let words = (0..<(width * height)).map { index -> UInt32 in
      let (x, y) = (index % width, index / width)
      return UInt32(x * 255 / width) << 16 | UInt32(y * y * 255 / (height * height)) << 8 | UInt32(tint)
    }
    let image = try words.withUnsafeBytes {
      try RasterImage(xrgb: $0, width: width, height: height, bytesPerRow: 4 * width, resolution: 0, as: .rgb)
    }
    let bytes = try image.jpeg(quality: 80)
    let orientation: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
    let exif = Array("Exif\0\0".utf8) + orientation
    let comment = Array("taken at home".utf8)
    let claims = [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + [0xFF, 0xFE, 0, UInt8(comment.count + 2)] + comment
    return Picture(
      width: width, height: height, samples: [UInt8](repeating: 0, count: 3 * width * height),
      jpeg: bytes[..<2] + claims + bytes[2...])
  }

  /// Two shades, black in the upper left quarter.
  static func signet(width: Int, height: Int) -> Picture {
    let samples = (0..<(width * height)).map { UInt8($0 % width < width / 2 && $0 / width < height / 2 ? 0 : 255) }
    return Picture(width: width, height: height, samples: samples)
  }

  var bytes: [UInt8] {
    var data = Data("%PDF-1.4\n".utf8)
    var offsets: [Int] = []
    func object(_ head: String, stream: [UInt8]? = nil) {
      offsets.append(data.count)
      data.append(Data("\(offsets.count) 0 obj\n\(head)\n".utf8))
      if let stream {
        data.append(Data("stream\n".utf8))
        data.append(contentsOf: stream)
        data.append(Data("\nendstream\n".utf8))
      }
      data.append(Data("endobj\n".utf8))
    }
    let names = pictures.indices.map { "/I\($0) \($0 + 5) 0 R" }.joined(separator: " ")
    object("<< /Type /Catalog /Pages 2 0 R >>")
    object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
    object(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(width) \(height)] /Contents 4 0 R "
        + "/Resources << /XObject << \(names) >> >> >>")
    object("<< /Length \(content.utf8.count) >>", stream: Array(content.utf8))
    for picture in pictures {
      let space = picture.samples.count == picture.width * picture.height ? "/DeviceGray" : "/DeviceRGB"
      let stored = picture.jpeg ?? picture.samples
      let filter = picture.jpeg == nil ? "" : "/Filter /DCTDecode "
      object(
        "<< /Type /XObject /Subtype /Image /Width \(picture.width) /Height \(picture.height) /ColorSpace \(space) "
          + "\(filter)/BitsPerComponent 8 /Length \(stored.count) >>", stream: stored)
    }
    let start = data.count
    var tail = "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n"
    for offset in offsets { tail += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n" }
    tail += "trailer\n<< /Size \(offsets.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    data.append(Data(tail.utf8))
    return Array(data)
  }
}
