import TestSupport

/// Input cut at random places, the same for the same seed.
enum Pieces {
  static func cut(_ bytes: [UInt8], seed: UInt64, longest: Int = 24) -> [[UInt8]] {
    var random = SeededGenerator(seed)
    var pieces: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + 1 + random.below(longest))
      pieces.append(Array(bytes[start..<end]))
      start = end
    }
    return pieces
  }
}
