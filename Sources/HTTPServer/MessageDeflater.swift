import CZlib
import Synchronization

/// Compresses one message at a time, each by itself (no context takeover), as permessage-deflate wants it (RFC 7692,
/// 7.2.1).
///
/// zlib's state is 256 KB, so a few are kept for the whole process rather than one per connection.
final class MessageDeflater {
  /// Level 6 is zlib's own balance; progress messages are small either way.
  private static let level: Int32 = 6
  private static let memoryLevel: Int32 = 8
  /// The ends of what sync flush appends, which the other end appends itself.
  static let tail: [UInt8] = [0, 0, 0xFF, 0xFF]

  private var stream = z_stream()
  private let windowBits: Int

  private init?(windowBits: Int) {
    self.windowBits = windowBits
    let status = deflateInit2_(
      &stream, Self.level, Z_DEFLATED, Int32(-windowBits), Self.memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit { deflateEnd(&stream) }

  /// - Parameter windowBits: 9 to 15; zlib makes no raw stream with 8.
  /// - Returns: nil where zlib has no memory for it.
  static func deflate(_ bytes: UnsafeRawBufferPointer, windowBits: Int) -> [UInt8]? {
    // Longer ones than zlib counts in one call are sent as they are.
    guard bytes.count < Int(UInt32.max) / 2, let deflater = take(windowBits) else { return nil }
    defer { put(deflater) }
    return deflater.run(bytes)
  }

  private func run(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard deflateReset(&stream) == Z_OK else { return nil }
    // Room for the bound and for the flush's empty block.
    let room = Int(deflateBound(&stream, UInt(bytes.count))) + 16
    var isComplete = false
    var output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      // zlib reads from here and never writes.
      stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
      stream.avail_in = UInt32(bytes.count)
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(room)
      let status = CZlib.deflate(&stream, Z_SYNC_FLUSH)
      count = room - Int(stream.avail_out)
      isComplete = status == Z_OK && stream.avail_in == 0 && stream.avail_out > 0
    }
    guard isComplete, output.suffix(4) == Self.tail[...] else { return nil }
    output.removeLast(4)
    return output
  }

  /// More than this many are not kept: as many as threads may be compressing at once, and a few window sizes.
  private static let keptLimit = 4
  private static let kept = Mutex<[MessageDeflater]>([])

  private static func take(_ windowBits: Int) -> MessageDeflater? {
    let box = kept.withLock { kept -> Transfer in
      guard let index = kept.firstIndex(where: { $0.windowBits == windowBits }) else { return Transfer(nil) }
      return Transfer(kept.remove(at: index))
    }
    return box.deflater ?? MessageDeflater(windowBits: windowBits)
  }

  private static func put(_ deflater: MessageDeflater) {
    let box = Transfer(deflater)
    kept.withLock { kept in
      // `box` is the only one to know it.
      if kept.count < keptLimit, let deflater = box.deflater { kept.append(deflater) }
    }
  }

  /// Carries a deflater in or out of the lock. Proof of Sendable: whoever holds the box is the only one to know the
  /// deflater.
  private struct Transfer: @unchecked Sendable {
    let deflater: MessageDeflater?

    init(_ deflater: MessageDeflater?) {
      self.deflater = deflater
    }
  }
}
