import CZlib

/// The gzip content coding (RFC 1952), for bytes that are sent often and made once.
package enum GzipCoding {
  /// zlib's best: who compresses once may take a millisecond more.
  private static let level: Int32 = 9
  private static let memoryLevel: Int32 = 9
  /// 15 bits of window; 16 more ask for gzip's head and trailer, which zlib writes without a time.
  private static let windowBits: Int32 = 15 + 16

  /// - Returns: nil where zlib has no memory for it, or the bytes are more than it counts in one call.
  package static func encode(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count < Int(UInt32.max) / 2 else { return nil }
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, level, Z_DEFLATED, windowBits, memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    let room = Int(deflateBound(&stream, UInt(bytes.count)))
    var isComplete = false
    let output = bytes.withUnsafeBytes { input in
      [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        // zlib reads from here and never writes.
        stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(room)
        isComplete = deflate(&stream, Z_FINISH) == Z_STREAM_END
        count = room - Int(stream.avail_out)
      }
    }
    return isComplete ? output : nil
  }

  /// Whether a client takes gzip (RFC 9110, 12.5.3): it names it, or everything, and not with the weight 0.
  package static func isTaken(by request: Request) -> Bool {
    var byAny = false
    for item in request.headers.list("Accept-Encoding") {
      let parts = item.split(separator: ";").map { part in String(part.filter { $0 != " " && $0 != "\t" }).lowercased()
      }
      guard let name = parts.first else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
      if name == "gzip" || name == "x-gzip" { return weight > 0 }
      if name == "*" { byAny = weight > 0 }
    }
    return byAny
  }
}
