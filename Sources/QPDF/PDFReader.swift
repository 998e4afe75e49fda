import CQPDFReader
import Glibc
import PDFPassword

/// A PDF whose objects are looked at without drawing or decoding anything.
///
/// Not thread-safe: one worker, one thread.
package final class PDFReader {
  private let reader: OpaquePointer
  private let bytes: UnsafeMutableRawPointer
  private let length: Int

  /// Opens the file behind a descriptor, which stays the caller's.
  ///
  /// - Throws: `QPDFFailure.failed` where it cannot be mapped or makes no sense to qpdf, which is stricter than Poppler.
  package init(descriptor: Int32, password: String? = nil) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0,
      let mapped = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), mapped != MAP_FAILED
    else { throw QPDFFailure.failed(detail: "the file cannot be mapped") }
    length = Int(status.st_size)
    bytes = mapped
    guard let reader = Self.open(mapped, Int(status.st_size), password: password) else {
      munmap(mapped, Int(status.st_size))
      throw QPDFFailure.failed(detail: "the file cannot be read")
    }
    self.reader = reader
  }

  private static func open(_ bytes: UnsafeMutableRawPointer, _ length: Int, password: String?) -> OpaquePointer? {
    let bytes = bytes.assumingMemoryBound(to: CChar.self)
    for candidate in password.map(PasswordBytes.all) ?? [] {
      let terminated = candidate.bytes.map { CChar(bitPattern: $0) } + [0]
      if let reader = cqpdf_open(bytes, length, terminated) { return reader }
    }
    // To qpdf, unlike Poppler, a password is also wrong for a document that opens without any.
    return cqpdf_open(bytes, length, "")
  }

  deinit {
    cqpdf_close(reader)
    munmap(bytes, length)
  }

  /// What a page is made of.
  ///
  /// - Parameter number: counts from 1.
  /// - Throws: `QPDFFailure.failed` where there is no such page, or it makes no sense.
  package func look(atPage number: Int) throws -> PageMakeup {
    var page = cqpdf_page()
    var images: [StoredImage] = []
    let isRead = withUnsafeMutablePointer(to: &images) { images in
      cqpdf_look(
        reader, Self.number(number), &page,
        { context, image in
          guard let context, let image else { return }
          context.assumingMemoryBound(to: [StoredImage].self).pointee.append(StoredImage(image.pointee))
        }, images)
    }
    guard isRead else { throw QPDFFailure.failed(detail: "page \(number)") }
    return PageMakeup(page, images: images)
  }

  /// A page's content streams, one after the other.
  ///
  /// - Parameter limit: bytes; nil comes back for more.
  package func content(ofPage number: Int, limit: Int) -> [UInt8]? {
    gathered(limit) { cqpdf_read_content(reader, Self.number(number), $0, $1) }
  }

  /// An image's bytes in its innermost coding, decrypted: a file of its own where that is JPEG.
  ///
  /// - Parameter limit: bytes; nil comes back for more, and for a damaged stream.
  package func storedBytes(of image: StoredImage, limit: Int) -> [UInt8]? {
    gathered(limit) { cqpdf_read_stream(reader, image.object, image.generation, false, $0, $1) }
  }

  /// Hands over an image's samples piece by piece, for those whose codings lose nothing.
  ///
  /// - Parameter body: false ends the reading.
  /// - Returns: false where the stream is damaged or was not read to its end.
  package func readSamples(of image: StoredImage, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    withoutActuallyEscaping(body) { body in
      var sink = Sink(take: body)
      return withUnsafeMutablePointer(to: &sink) {
        cqpdf_read_stream(reader, image.object, image.generation, true, Sink.call, $0)
      }
    }
  }

  /// Puts other samples of eight bits in an image's place, grey ones or red, green and blue, in what `harmlessPage` writes.
  package func replace(_ image: StoredImage, width: Int, height: Int, isColour: Bool, samples: [UInt8]) throws {
    guard samples.count == width * height * (isColour ? 3 : 1),
      cqpdf_replace_image(
        reader, image.object, image.generation, Int32(clamping: width), Int32(clamping: height), isColour, samples,
        samples.count)
    else { throw QPDFFailure.failed(detail: "an image cannot be replaced") }
  }

  /// A document of that page alone, in which images of more than `pixelLimit` pixels are white and no font draws itself.
  ///
  /// The reader is of no use afterwards: its own page has been changed.
  package func harmlessPage(_ number: Int, pixelLimit: Int) throws -> [UInt8] {
    let written = gathered(Self.harmlessLimit) {
      cqpdf_write_harmless(reader, Self.number(number), Int64(pixelLimit), $0, $1)
    }
    guard let written else { throw QPDFFailure.failed(detail: "page \(number) cannot be written") }
    return written
  }

  private static let harmlessLimit = 100_000_000  // bytes: what the page needs of its document

  private static func number(_ page: Int) -> Int32 { Int32(clamping: page) }

  private func gathered(_ limit: Int, _ read: (cqpdf_sink?, UnsafeMutableRawPointer) -> Bool) -> [UInt8]? {
    var bytes: [UInt8] = []
    let isWhole = { (piece: UnsafeRawBufferPointer) -> Bool in
      guard piece.count <= limit - bytes.count else { return false }
      bytes.append(contentsOf: piece)
      return true
    }
    return withoutActuallyEscaping(isWhole) { isWhole in
      var sink = Sink(take: isWhole)
      return withUnsafeMutablePointer(to: &sink) { read(Sink.call, $0) } ? bytes : nil
    }
  }
}

/// What the shim calls with each piece of a stream.
private struct Sink {
  let take: (UnsafeRawBufferPointer) -> Bool

  static let call: cqpdf_sink = { context, bytes, count in
    guard let context else { return false }
    return context.assumingMemoryBound(to: Sink.self).pointee.take(UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
