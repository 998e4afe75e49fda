import CanonicalJSON
import FoundationEssentials
import TestSupport
import Testing

/// Our bytes and Foundation's are the same for values that both can hold: doubles of at most four decimals, ASCII keys.
@Suite struct FoundationAgreementTests {
  private let encoder = JSONEncoder()

  init() { encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes] }

  @Test("bytes are those of JSONEncoder", arguments: 0..<200 as Range<UInt64>)
  func sameBytes(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let value = generator.value(depth: 5, asciiKeys: true)
    let ours = try CanonicalEncoder().encode(value)
    #expect(String(decoding: ours, as: UTF8.self) == String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  @Test("words are those of JSONEncoder, and JSONDecoder reads them")
  func words() throws {
    var generator = SeededGenerator(1)
    let words = (0..<500).map { _ in SampleWord.random(&generator) }
    let ours = try CanonicalEncoder().encode(words)
    #expect(try encoder.encode(words).elementsEqual(ours))
    #expect(try JSONDecoder().decode([SampleWord].self, from: Data(ours)) == words)
  }

  @Test("every number of two and four decimals is written as JSONEncoder writes it")
  func numbers() throws {
    var generator = SeededGenerator(2)
    for _ in 0..<20_000 {
      let value = Double(generator.below(2_000_000) - 1_000_000) / (generator.below(2) == 0 ? 100 : 10_000)
      let foundation = value == 0 ? "0" : String(decoding: try encoder.encode(value), as: UTF8.self)
      // JSONEncoder takes to exponents below 0.0001's neighbourhood; canonical JSON never does.
      if foundation.contains("e") { continue }
      #expect(String(decoding: try CanonicalEncoder().encode(value), as: UTF8.self) == foundation)
    }
  }
}
