import CanonicalJSON
import TestSupport
import Testing

@Suite struct HostileInputTests {
  private func decode(_ bytes: [UInt8]) throws -> JSONValue { try CanonicalDecoder().decode(from: bytes) }

  @Test(
    "what is not JSON is refused at its byte",
    arguments: [
      ("", 0), ("  ", 2), ("nul", 0), ("tru", 0), ("[1,]", 3), ("[1 2]", 3), ("{\"a\":1,}", 7), ("{a:1}", 1),
      ("{\"a\" 1}", 5), ("{\"a\":}", 5), ("01", 0), ("-", 1), ("+1", 0), (".5", 0), ("1.", 2), ("1.x", 0), ("1e", 2),
      ("1e+", 3), ("--1", 0), ("\"abc", 4), ("\"\\x\"", 1), ("\"\\u12g4\"", 1), ("\"\\ud800\"", 1), ("\"\\udc00\"", 1),
      ("\"\\ud800\\u0041\"", 1), ("\"\n\"", 1), ("1 1", 2), ("]", 0), ("[}", 1), ("{]", 1), ("1e400", 0), ("NaN", 0),
      ("Infinity", 0), ("'a'", 0), ("// c\n1", 0), ("{\"a\":1,\"a\":2}", 8), ("{\"a\":1,\"\\u0061\":2}", 8),
      ("\"\\", 2),
    ])
  func refused(text: String, offset: Int) throws {
    for decode in [{ _ = try self.decode(Array(text.utf8)) }, { _ = try JSONText.canonicalized(text.utf8) }] {
      do {
        try decode()
        Issue.record("accepted: \(text)")
      } catch DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context) {
        let error = try #require(context.underlyingError as? CanonicalJSONError)
        #expect(error.offset == offset, "\(text): \(error)")
      } catch let error as CanonicalJSONError {
        #expect(error.offset == offset, "\(text): \(error)")
      }
    }
  }

  @Test(
    "bytes that are not UTF-8 are refused",
    arguments: [
      [0xFF], [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xE2, 0x28, 0xA1],
    ] as [[UInt8]])
  func invalidUTF8(sequence: [UInt8]) {
    let quoted = Array("[\"12345678".utf8) + sequence + Array("\"]".utf8)
    for bytes in [quoted, Array("[\"".utf8) + sequence] {
      #expect(throws: DecodingError.self) { try decode(bytes) }
      #expect(throws: CanonicalJSONError.self) { try JSONText.prettyPrinted(bytes) }
    }
  }

  @Test("our UTF-8 check and Swift's agree", arguments: 0..<20 as Range<UInt64>)
  func utf8Agreement(seed: UInt64) {
    var generator = SeededGenerator(seed)
    for _ in 0..<500 {
      var bytes = Array(generator.text().utf8)
      for _ in 0..<generator.below(3) where !bytes.isEmpty {
        bytes[generator.below(bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      let isAccepted = bytes.withUnsafeBytes { buffer in (try? CanonicalReader(buffer)) != nil }
      #expect(isValid == isAccepted, "\(bytes)")
    }
  }

  @Test("deep nesting is refused without exhausting the stack", arguments: ["[", "{\"a\":", "[{\"a\":"])
  func deepNesting(opening: String) {
    let bytes = Array(String(repeating: opening, count: 200_000).utf8)
    #expect(throws: DecodingError.self) { try decode(bytes) }
    #expect(throws: DecodingError.self) { try CanonicalDecoder().decode(Unhurried<JSONValue>.self, from: bytes) }
    #expect(throws: CanonicalJSONError.self) { try JSONText.canonicalized(bytes) }
    #expect(throws: CanonicalJSONError.self) { try JSONText.prettyPrinted(bytes) }
  }

  @Test("a text cut off at any byte is refused", arguments: 0..<10 as Range<UInt64>)
  func truncated(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let words = (0..<3).map { _ in SampleWord.random(&generator) }
    let bytes = try CanonicalEncoder().encode(["words": words])
    let decoder = CanonicalDecoder()
    for length in 0..<bytes.count {
      let part = Array(bytes[..<length])
      #expect(throws: DecodingError.self) { try decoder.decode([String: [SampleWord]].self, from: part) }
      #expect(throws: DecodingError.self) { try decoder.decode([String: [SampleWord.Plain]].self, from: part) }
      #expect(throws: DecodingError.self) { try decode(part) }
    }
  }

  @Test("changed bytes never trap, and what is accepted is stable", arguments: 0..<40 as Range<UInt64>)
  func mutated(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let original = try generator.value(depth: 5).canonicalBytes
    for _ in 0..<200 {
      var bytes = original
      let special = Array("{}[],:\"\\0e-.ut \n".utf8) + [0, 0x80, 0xFF]
      for _ in 0...generator.below(3) { bytes[generator.below(bytes.count)] = special[generator.below(special.count)] }
      _ = try? CanonicalDecoder().decode([SampleWord].self, from: bytes)
      _ = try? CanonicalDecoder().decode([SampleWord.Plain].self, from: bytes)
      guard let canonical = try? JSONText.canonicalized(bytes) else { continue }
      #expect(try JSONText.canonicalized(canonical) == canonical)
    }
  }

  @Test("a number of a million digits is read in passing")
  func hugeNumber() throws {
    let digits = String(repeating: "9", count: 1_000_000)
    #expect(throws: DecodingError.self) { try decode(Array(digits.utf8)) }
    #expect(try decode(Array("0.\(digits)".utf8)) == 1)
    #expect(throws: DecodingError.self) { try CanonicalDecoder().decode(Int.self, from: digits.utf8) }
  }
}
