import Glibc

/// Memory for a body that is coming in. It follows the bytes that came, not the length that was announced: a peer
/// that announces the maximum and sends nothing costs one step of growth.
final class FrameBuffer {
  // One step is what a socket usually holds at most; then it doubles.
  private static let firstCapacity = 256 * 1024

  private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private(set) var count = 0

  deinit { free(memory.baseAddress) }

  /// The unfilled rest, made larger if there is none; never beyond `limit` bytes in all.
  func space(upTo limit: Int) -> UnsafeMutableRawBufferPointer {
    if count == memory.count, count < limit {
      let capacity = min(limit, max(Self.firstCapacity, 2 * memory.count))
      // Without memory the array that follows could not be made either: Swift traps there too.
      guard let larger = realloc(memory.baseAddress, capacity) else { abort() }
      memory = UnsafeMutableRawBufferPointer(start: larger, count: capacity)
    }
    return UnsafeMutableRawBufferPointer(rebasing: memory[count...])
  }

  /// Says that the first `added` bytes of the space were filled.
  func advance(_ added: Int) { count += added }

  /// The bytes; the buffer is empty afterwards.
  func take() -> [UInt8] {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { array, initialized in
      if let source = memory.baseAddress, let target = array.baseAddress { memcpy(target, source, count) }
      initialized = count
    }
    clear()
    return bytes
  }

  /// Forgets the bytes and gives the memory back: most frames are small, and workers are many.
  func clear() {
    free(memory.baseAddress)
    memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    count = 0
  }
}
