import Leptonica

/// The compressed rows of a PNG, which PDF takes as they are. Source: PNG 1.2, sections 3.2 and 4.1.
struct PNGData {
  let width: Int
  let height: Int
  let bits: Int
  let isColor: Bool
  let data: [UInt8]

  /// - Throws: `RasterFailure.operation` for anything but grey or RGB without interlace.
  init(_ png: [UInt8]) throws {
    var header: [UInt8]?
    var data: [UInt8] = []
    var offset = 8
    while offset + 12 <= png.count {
      let length = png[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
      guard length <= png.count - offset - 12 else { break }
      let body = png[(offset + 8)..<(offset + 8 + length)]
      switch String(decoding: png[(offset + 4)..<(offset + 8)], as: UTF8.self) {
      case "IHDR": header = Array(body)
      case "IDAT": data += body
      default: break
      }
      offset += 12 + length
    }
    guard let header, header.count == 13, header[9] == 0 || header[9] == 2, header[12] == 0 else {
      throw RasterFailure.operation("PNG", detail: "neither grey nor RGB")
    }
    width = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
    height = header[4..<8].reduce(0) { $0 << 8 | Int($1) }
    bits = Int(header[8])
    isColor = header[9] == 2
    self.data = data
  }
}
