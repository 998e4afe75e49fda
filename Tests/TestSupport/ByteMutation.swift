import Foundation

/// Makes bytes that are nearly right: what parsers stumble over.
package struct ByteMutation {
  private var dice: SeededGenerator

  package init(seed: UInt64) { dice = SeededGenerator(seed) }

  /// How many cases a fuzzing test tries: few in every run, as many as `SHEAF_TEST_FUZZ_ROUNDS` says on demand.
  package static let rounds = Int(ProcessInfo.processInfo.environment["SHEAF_TEST_FUZZ_ROUNDS"] ?? "") ?? 3_000
  /// Where they begin: each case has a seed of its own, so that one can be repeated alone.
  package static let firstSeed = UInt64(ProcessInfo.processInfo.environment["SHEAF_TEST_FUZZ_SEED"] ?? "") ?? 1

  package static var seeds: some Sequence<UInt64> { (0..<UInt64(max(1, rounds))).lazy.map { firstSeed &+ $0 } }

  /// One of the samples with one to eight changes: bits, bytes, runs, pieces of other samples, ends cut off.
  package mutating func mutate(_ samples: [[UInt8]]) -> [UInt8] {
    var bytes = samples[dice.below(samples.count)]
    for _ in 0...dice.below(8) {
      let place = dice.below(bytes.count + 1)
      switch dice.below(9) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(dice.below(8))
      case 1 where place < bytes.count: bytes[place] = Self.telling[dice.below(Self.telling.count)]
      case 2: bytes.insert(UInt8(dice.below(256)), at: place)
      case 3 where place < bytes.count: bytes.removeSubrange(place..<min(bytes.count, place + 1 + dice.below(16)))
      case 4: bytes.removeSubrange(place...)
      case 5:
        let other = samples[dice.below(samples.count)]
        let start = dice.below(other.count + 1)
        bytes.insert(contentsOf: other[start...].prefix(dice.below(64)), at: place)
      case 6: bytes.insert(contentsOf: Array(repeating: UInt8(dice.below(256)), count: dice.below(300)), at: place)
      case 7: bytes.insert(contentsOf: Array(Self.words[dice.below(Self.words.count)].utf8), at: place)
      default: bytes += bytes.prefix(dice.below(bytes.count + 1))
      }
    }
    return bytes
  }

  private static let telling: [UInt8] = [
    0, 1, 9, 10, 13, 32, 34, 44, 58, 91, 92, 93, 123, 125, 127, 128, 192, 254, 255,
  ]
  private static let words = [
    "99999999999999999999", "-1", "0x10", "1e999", "\r\n\r\n", "\u{FEFF}", "null", "{{{{{{{{", "[[[[[[[[", "\\u0000",
    "\\ud800", "../../", "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n",
    "&a [*a,*a]",
  ]
}
