/// The head of a raster file as earlier versions of the render stage wrote it: a binary PGM with its resolution in a
/// comment, four lines.
struct OldRasterHead {
  let head: RasterFileHead
  /// Bytes before the first row.
  let length: Int

  /// What such a file begins with.
  static let mark = Array("P5\n".utf8)

  /// - Throws: `RasterFailure.badPixelFile`.
  init(_ bytes: UnsafeRawBufferPointer) throws {
    func bad(_ detail: String) -> RasterFailure { .badPixelFile(detail: detail) }
    var at = Self.mark.count
    func line() throws -> String {
      let end = min(at + Self.lineLimit, bytes.count)
      guard let newline = bytes[at..<end].firstIndex(of: 0x0A) else { throw bad("an endless line in the head") }
      defer { at = newline + 1 }
      return String(decoding: bytes[at..<newline], as: UTF8.self)
    }
    let comment = try line().split(separator: " ")
    guard comment.count == 3, comment[0] == "#", comment[2] == "dpi", let resolution = Int(comment[1]) else {
      throw bad("no resolution line")
    }
    let sizes = try line().split(separator: " ").compactMap { Int($0) }
    guard sizes.count == 2, sizes.allSatisfy({ $0 > 0 && $0 < 1 << 20 }) else { throw bad("no size line") }
    guard try line() == "255" else { throw bad("not 8 bits deep") }
    length = at
    head = RasterFileHead(
      width: sizes[0], height: sizes[1], resolution: resolution, isPacked: false, stripLength: sizes[0] * sizes[1])
  }

  private static let lineLimit = 64  // bytes: no line of the head comes near it
}
