import CanonicalJSON
import TestSupport
import Testing

@Suite struct CanonicalDecoderTests {
  @Test("fast path and Codable path read the same", arguments: 0..<50 as Range<UInt64>)
  func pathsAgree(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let words = (0..<20).map { _ in SampleWord.random(&generator) }
    let bytes = try CanonicalEncoder().encode(words)
    #expect(try CanonicalDecoder().decode([SampleWord].self, from: bytes) == words)
    #expect(try CanonicalDecoder().decode([SampleWord.Plain].self, from: bytes) == words.map(\.plain))
  }

  struct Page<Word: Decodable>: Decodable {
    var words: [Word]
  }

  private static let box = #"{"bottom":4,"left":1,"right":3,"top":2}"#

  @Test(
    "an error tells the path and the byte, on either path",
    arguments: [
      (
        #"{"words":[{"text":"a","box":{"bottom":1,"left":"x","right":1,"top":1}}]}"#, "words[0].box.left",
        "expected a number"
      ),
      (#"{"words":[3]}"#, "words[0]", "expected an object"),
      (#"{"words":7}"#, "words", "expected an array"),
      (#"[]"#, "", "expected an object"),
      (
        #"{"words":[{"text":"a","box":{"left":1,"right":2,"top":3},"confidence":1}]}"#, "words[0].box",
        "the key \"bottom\" is missing"
      ),
      (
        #"{"words":[{"text":"a","box":\#(box),"confidence":1e400}]}"#, "words[0].confidence",
        "a number that is no Double"
      ),
      (
        #"{"words":[{"text":"a","box":\#(box),"confidence":1,"font":1.5}]}"#, "words[0].font",
        "a number that is no Int"
      ),
      (#"{"x":[],"words":[{"box":{"left":1 2}}]}"#, "words[0].box", "expected ',' or '}'"),
    ])
  func errors(text: String, path: String, what: String) throws {
    var told: [String] = []
    for decode in [
      { _ = try CanonicalDecoder().decode(Page<SampleWord>.self, from: text.utf8) },
      { _ = try CanonicalDecoder().decode(Page<SampleWord.Plain>.self, from: text.utf8) },
    ] {
      do {
        try decode()
        Issue.record("accepted: \(text)")
      } catch DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context),
        DecodingError.keyNotFound(_, let context)
      {
        told.append(context.codingPath.jsonPath)
        #expect(path.isEmpty || context.debugDescription.hasPrefix("\(path): "), "\(context.debugDescription)")
      }
    }
    #expect(told.first == path)
    do { _ = try CanonicalDecoder().decode(Page<SampleWord>.self, from: text.utf8) } catch {
      #expect("\(error)".contains(what), "\(error)")
    }
  }

  @Test("unknown keys are passed over and null is nil")
  func unknownKeys() throws {
    let text = #"""
      {"added":{"deep":[1,"}"]},"text":"t","joinsNext":false,"font":null,"confidence":0.5,
       "box":{"top":2,"left":1,"more":[],"bottom":4,"right":3}}
      """#
    let expected = SampleWord(
      text: "t", box: .init(left: 1, top: 2, right: 3, bottom: 4), confidence: 0.5, font: nil, joinsNext: false)
    #expect(try CanonicalDecoder().decode(SampleWord.self, from: text.utf8) == expected)
    #expect(try CanonicalDecoder().decode(SampleWord.Plain.self, from: text.utf8) == expected.plain)
  }

  @Test("nested, superclass and unkeyed containers are read")
  func containers() throws {
    struct Nested: Decodable {
      var found: [String] = []

      init(from decoder: any Decoder) throws {
        let root = try decoder.container(keyedBy: JSONKey.self)
        found = root.allKeys.map(\.stringValue)
        var list = try root.nestedUnkeyedContainer(forKey: .init(stringValue: "list"))
        found.append("\(list.count ?? -1)")
        found.append(try list.decode(String.self))
        found.append("\(try list.decodeNil())")
        found.append("\(try list.decodeNil())")
        found.append("\(try list.nestedContainer(keyedBy: JSONKey.self).contains(.init(stringValue: "k")))")
        do { found.append("\(try list.decode(Int.self))") } catch DecodingError.valueNotFound { found.append("end") }
        found.append(try root.superDecoder().singleValueContainer().decode(String.self))
      }
    }
    let text = #"{"list":["a",null,{"k":1}],"super":"s"}"#
    let read = try CanonicalDecoder().decode(Nested.self, from: text.utf8)
    #expect(read.found == ["list", "super", "3", "a", "true", "false", "true", "end", "s"])
    let derived = try CanonicalDecoder().decode(Derived.self, from: #"{"base":5,"derived":6}"#.utf8)
    #expect(derived.base == 5 && derived.derived == 6)
  }

  @Test("a hand-written type may hold members that only know Codable")
  func mixedMembers() throws {
    struct Mixed: CanonicalEncodable, CanonicalDecodable, Equatable {
      var inner: SampleWord.Plain
      var last: Int

      init(inner: SampleWord.Plain, last: Int) { (self.inner, self.last) = (inner, last) }

      init(from reader: inout CanonicalReader) throws {
        var inner: SampleWord.Plain?, last: Int?
        try reader.beginObject()
        while let key = try reader.nextKey() {
          switch key {
          case "inner": inner = try reader.decode(SampleWord.Plain.self)
          case "last": last = try reader.read(Int.self)
          default: try reader.skipValue()
          }
        }
        self.init(inner: try reader.require(inner, "inner"), last: try reader.require(last, "last"))
      }

      func encode(into writer: inout CanonicalWriter) throws {
        writer.beginObject()
        writer.key("inner")
        try writer.encode(inner)
        writer.key("last")
        writer.integer(last)
        writer.endObject()
      }
    }
    var generator = SeededGenerator(5)
    let mixed = [Mixed(inner: SampleWord.random(&generator).plain, last: 3)]
    let bytes = try CanonicalEncoder().encode(mixed)
    #expect(try JSONText.canonicalized(bytes) == bytes)
    #expect(try CanonicalDecoder().decode([Mixed].self, from: bytes) == mixed)
  }
}
