import CanonicalJSON
import TestSupport

extension SeededGenerator {
  /// Text with a taste for what is hard: escapes, controls, many bytes per character, planes above the first.
  mutating func text(maximum: Int = 24) -> String {
    let pool: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0x20...0x7E, 0x00...0x1F, 0x22...0x22, 0x5C...0x5C, 0x2F...0x2F, 0x7F...0xFF, 0x100...0x7FF,
      0x2000...0x2100, 0x4E00...0x4F00, 0xE000...0xFFFD, 0x1F600...0x1F640, 0x10FFFF...0x10FFFF,
    ]
    var scalars = String.UnicodeScalarView()
    for _ in 0..<below(maximum + 1) {
      let range = pool[below(pool.count)]
      if let scalar = Unicode.Scalar(range.lowerBound + UInt32(below(range.count))) { scalars.append(scalar) }
    }
    return String(scalars)
  }

  /// An ASCII key, for which every order of strings is the same.
  mutating func asciiKey() -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz_0123456789")
    return String((0...below(8)).map { _ in letters[below(letters.count)] })
  }

  /// A number with at most four decimals.
  mutating func decimal() -> Double { Double(below(2_000_000_000) - 1_000_000_000) / 10_000 }

  /// Any value; its numbers keep their bytes over a round trip.
  mutating func value(depth: Int = 4, asciiKeys: Bool = false) -> JSONValue {
    switch below(depth > 0 ? 8 : 6) {
    case 0: return .null
    case 1: return .bool(below(2) == 0)
    case 2: return .integer(Int64(bitPattern: next()))
    case 3: return .number(decimal())
    case 4, 5: return .string(text())
    case 6: return .array((0..<below(5)).map { _ in value(depth: depth - 1, asciiKeys: asciiKeys) })
    default:
      var members: [String: JSONValue] = [:]
      for _ in 0..<below(6) {
        members[asciiKeys ? asciiKey() : text(maximum: 6)] = value(depth: depth - 1, asciiKeys: asciiKeys)
      }
      return .object(members)
    }
  }
}
