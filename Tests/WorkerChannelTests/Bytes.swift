import Glibc

/// Long byte sequences, made and compared fast enough for builds without optimisation.
enum Bytes {
  // A prime, so that the repeats fall differently on every buffer's end.
  private static let period = 4093

  /// Bytes that are the same each time.
  static func pattern(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed | 1
    let block = (0..<period).map { _ in
      // Knuth's MMIX generator.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    return make(count) { start in
      for offset in stride(from: 0, to: count, by: period) {
        memcpy(start + offset, block, min(period, count - offset))
      }
    }
  }

  /// One byte again and again.
  static func uniform(_ byte: UInt8, count: Int) -> [UInt8] {
    make(count) { memset($0, Int32(byte), count) }
  }

  static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && memcmp(left, right, left.count) == 0
  }

  private static func make(_ count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let start = buffer.baseAddress, count > 0 { fill(start) }
      initialized = count
    }
  }
}
