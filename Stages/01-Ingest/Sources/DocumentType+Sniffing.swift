import Contracts
import Leptonica
import StageKit

extension DocumentType {
  // bytes: readers accept the header anywhere in them (ISO 32000-1, annex H.3.4.1)
  private static let headReach = 1_024
  private static let objectReach = 65_536  // bytes: the first objects of a file whose header was lost
  private static let tailReach = 2_048  // bytes: the trailer, with what mail programs append

  /// Tells a type by content, never by a name.
  ///
  /// - Throws: `StageFailure` with `unsupported_type`.
  init(sniffing bytes: UnsafeRawBufferPointer) throws {
    switch ImageFormat(sniffing: bytes) {
    case .png: self = .png
    case .jpeg: self = .jpeg
    case .tiff: self = .tiff
    case .webp: self = .webp
    case .bmp: self = .bmp
    case .gif: throw Self.unsupported("a GIF image")
    case nil:
      guard Self.isPDF(bytes) else { throw Self.unsupported(Self.guess(bytes)) }
      self = .pdf
    }
  }

  /// By the header, or where that was lost or buried by objects near the start or a trailer at the end.
  private static func isPDF(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.prefix(headReach).holds("%PDF-") || bytes.prefix(objectReach).holds("endobj")
      || bytes.suffix(tailReach).holds("startxref")
  }

  private static func guess(_ bytes: UnsafeRawBufferPointer) -> String {
    if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) { return "a ZIP archive or an Office document" }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return "an old Office document" }
    if bytes.prefix(headReach).holds("<html") || bytes.prefix(headReach).holds("<HTML") { return "a web page" }
    return "of no known type"
  }

  private static func unsupported(_ what: String) -> StageFailure {
    StageFailure(
      .unsupportedType, "The file is \(what).", hint: "Send a PDF, or a PNG, JPEG, TIFF, WebP or BMP image.")
  }
}

extension Slice where Base == UnsafeRawBufferPointer {
  fileprivate func holds(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in
      guard count >= wanted.count else { return false }
      return (startIndex...(endIndex - wanted.count)).contains { start in
        self[start] == wanted[0] && self[start..<(start + wanted.count)].elementsEqual(wanted)
      }
    }
  }
}
