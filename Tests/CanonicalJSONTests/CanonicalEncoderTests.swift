import CanonicalJSON
import TestSupport
import Testing

@Suite struct CanonicalEncoderTests {
  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try CanonicalEncoder().encode(value), as: UTF8.self)
  }

  @Test("keys are sorted by their UTF-8 bytes, also where UTF-16 sorts otherwise")
  func keyOrder() throws {
    // U+FF5E comes before U+1F600 in UTF-8 and after its surrogates in UTF-16.
    let keys = ["~", "\"", "é", "z", "Z", "a", "aa", "\u{FF5E}", "😀", "", "10", "9", "a\"", "a#"]
    let plain = try text(Dictionary(uniqueKeysWithValues: keys.map { ($0, Unhurried(1)) }))
    let fast = try text(Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) }))
    #expect(plain == fast)
    #expect(fast == #"{"":1,"\"":1,"10":1,"9":1,"Z":1,"a":1,"a\"":1,"a#":1,"aa":1,"z":1,"~":1,"é":1,"～":1,"😀":1}"#)
  }

  @Test("fast path and Codable path give the same bytes", arguments: 0..<50 as Range<UInt64>)
  func pathsAgree(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let words = (0..<20).map { _ in SampleWord.random(&generator) }
    #expect(try text(words) == text(words.map(\.plain)))
    let value = generator.value()
    #expect(try text(value) == text(Unhurried(value)))
  }

  @Test("containers may be used in any order and out of turn")
  func outOfTurn() throws {
    #expect(try text(Interleaved()) == #"{"a":{"x":1,"y":[2,{"deep":true},3,[]]},"b":0,"empty":{},"super":"s","z":[]}"#)
  }

  @Test("a subclass and its superclass share one object")
  func sharedObject() throws {
    #expect(try text(Derived()) == #"{"base":1,"derived":2}"#)
  }

  @Test("nil is left out of objects and null in arrays; nothing at all is an empty object")
  func absences() throws {
    struct Empty: Encodable { func encode(to encoder: any Encoder) {} }
    struct Optionals: Encodable { var a: Int?; var b: Unhurried<Int>? }
    #expect(try text(Optionals()) == "{}")
    #expect(try text([Unhurried(1), nil]) == "[1,null]")
    #expect(try text([1, nil]) == "[1,null]")
    #expect(try text(Empty()) == "{}")
    #expect(try text(["k": Empty()]) == #"{"k":{}}"#)
  }

  @Test("a collection in the order of its hash table is refused, with its place")
  func hashOrder() throws {
    struct Holder: Encodable { var inner: [Set<Int>] }
    struct Row: Hashable, Codable { var id: Int }
    #expect(throws: EncodingError.self) { try text(Holder(inner: [[1, 2]])) }
    #expect(throws: EncodingError.self) { try text([Row(id: 1): 1]) }
    #expect(try text([2: "b", 10: "a"]) == #"{"10":"a","2":"b"}"#)
    do {
      _ = try text(Holder(inner: [[1]]))
      Issue.record("the set was accepted")
    } catch EncodingError.invalidValue(_, let context) {
      #expect(context.codingPath.jsonPath == "inner[0]")
    }
  }

  @Test("nesting beyond the limit is refused, up to it it is read back", arguments: [true, false])
  func nesting(fast: Bool) throws {
    func nested(_ levels: Int) -> JSONValue { (0..<levels).reduce(.integer(1)) { value, _ in .array([value]) } }
    func bytes(_ value: JSONValue) throws -> [UInt8] {
      fast ? try value.canonicalBytes : try CanonicalEncoder().encode(Unhurried(value))
    }
    let deepest = nested(NestingLimit.standard)
    #expect(try CanonicalDecoder().decode(JSONValue.self, from: bytes(deepest)) == deepest)
    for levels in [NestingLimit.standard + 1, 5000] {
      #expect(throws: (any Error).self) { try bytes(nested(levels)) }
    }
  }

  @Test("every integer type and float is written")
  func scalars() throws {
    struct All: Codable, Equatable {
      var a: Int8 = -8, b: Int16 = -16, c: Int32 = -32, d: Int64 = .min, e: UInt = 1, f: UInt8 = 8, g: UInt16 = 16
      var h: UInt32 = 32, i: UInt64 = .max, j: Float = 0.1
    }
    let expected =
      #"{"a":-8,"b":-16,"c":-32,"d":-9223372036854775808,"e":1,"f":8,"g":16,"h":32,"i":18446744073709551615,"#
      + #""j":0.1}"#
    #expect(try text(All()) == expected)
    #expect(try CanonicalDecoder().decode(All.self, from: expected.utf8) == All())
  }
}
