/// Words and numbers from a seed: the same on every run.
struct WordGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func word() -> String {
    let syllables = ["la", "men", "tor", "vi", "qua", "rist", "so", "bel", "an", "duc"]
    return (0..<number(1...4)).map { _ in syllables[number(0...9)] }.joined()
  }
}
