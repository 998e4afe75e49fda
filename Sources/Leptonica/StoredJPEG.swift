/// A JPEG that another file holds, to be kept as it is: nothing of it is encoded anew.
package struct StoredJPEG: Sendable {
  /// A file of its own, without what the image says of itself: readers of PDFs pass that over, browsers obey it.
  package let bytes: [UInt8]
  package let width: Int
  package let height: Int

  private static let trailer = 64  // bytes after the end of the image that writers of PDFs leave

  /// - Parameter pixelLimit: of the image.
  /// - Throws: `RasterFailure.damaged` for what is no JPEG, breaks off, or has more scans than any encoder makes;
  ///   `.tooManyPixels`.
  package init(_ stored: [UInt8], pixelLimit: Int) throws {
    let header = try stored.withUnsafeBytes { try RasterImage.jpegHeader(of: $0, pixelLimit: pixelLimit) }
    let tail = stored.suffix(Self.trailer)
    guard zip(tail, tail.dropFirst()).contains(where: { $0 == (0xFF, 0xD9) }) else {
      throw RasterFailure.damaged(.jpeg, detail: "it breaks off")
    }
    bytes = try stored.withUnsafeBytes { stored in
      var kept = Array(stored[..<2])
      var segments = JPEGSegments(stored)
      var begin = segments.offset
      while let segment = segments.next() {
        if !segment.isClaim { kept += stored[begin..<segments.offset] }
        begin = segments.offset
      }
      guard begin + 1 < stored.count, stored[begin] == 0xFF, stored[begin + 1] == 0xDA else {
        throw RasterFailure.damaged(.jpeg, detail: "a segment before its pixels")
      }
      return kept + stored[begin...]
    }
    (width, height) = (header.width, header.height)
  }
}
