import Glibc

/// The head of a binary PGM as `RasterImage.writePGM` writes it: four lines.
struct PGMHeader {
  let width: Int
  let height: Int
  let resolution: Int

  /// Reads byte by byte, so that the descriptor stands at the first row afterwards.
  init(readingFrom descriptor: Int32) throws {
    func bad(_ detail: String) -> RasterFailure { .badPixelFile(detail: detail) }
    guard try Self.line(descriptor) == "P5" else { throw bad("no P5 at the start") }
    let comment = try Self.line(descriptor).split(separator: " ")
    guard comment.count == 3, comment[0] == "#", comment[2] == "dpi", let resolution = Int(comment[1]) else {
      throw bad("no resolution line")
    }
    let sizes = try Self.line(descriptor).split(separator: " ").compactMap { Int($0) }
    guard sizes.count == 2, sizes.allSatisfy({ $0 > 0 && $0 < 1 << 20 }) else { throw bad("no size line") }
    guard try Self.line(descriptor) == "255" else { throw bad("not 8 bits deep") }
    (width, height, self.resolution) = (sizes[0], sizes[1], resolution)
  }

  private static let lineLimit = 64  // bytes: no line of the head comes near it

  private static func line(_ descriptor: Int32) throws -> String {
    var bytes: [UInt8] = []
    while bytes.count < lineLimit {
      var byte: UInt8 = 0
      let got = read(descriptor, &byte, 1)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw RasterFailure.inputOutput(errno: errno) }
      if got == 0 || byte == 0x0A { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    throw RasterFailure.badPixelFile(detail: "an endless line in the head")
  }
}
