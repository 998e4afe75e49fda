import CanonicalJSON
import DocumentModel
import StageKit
import Testing

@Suite("The short ways of words, lines and boxes")
struct HotJSONTests {
  private static let box = BoundingBox(left: 1.5, top: 2.25, right: 100, bottom: 12.01)

  private static let words = [
    Word(text: "plain", box: box, source: .textLayer, size: 10),
    Word(
      text: "\u{1F30A} \"quoted\" \\ \u{07}", box: box, confidence: Score(0.1234), source: .recognition, font: 3,
      size: 9.96, turn: .left, baseline: 10.5, color: "ff0000", joinsNext: true),
  ]

  private static let lines = [
    Line(words: [], box: box, baseline: 3, size: 4),
    Line(words: [5, 2, 900], box: box, baseline: 3.33, size: 11.5, turn: .half, direction: .rightToLeft),
  ]

  @Test("write the bytes that Codable writes")
  func bytes() throws {
    for word in Self.words { #expect(try text(word) == text(ByCodable(word))) }
    for line in Self.lines { #expect(try text(line) == text(ByCodable(line))) }
    #expect(try text(Self.box) == text(ByCodable(Self.box)))
  }

  @Test("read what they wrote, in any order of keys, with keys of others among them")
  func reading() throws {
    for word in Self.words { #expect(try read(Word.self, text(word)) == word) }
    for line in Self.lines { #expect(try read(Line.self, text(line)) == line) }
    let shuffled = #"{"turn":0,"top":2,"x":[{}],"right":3,"left":1,"bottom":4}"#
    #expect(try read(BoundingBox.self, shuffled) == BoundingBox(left: 1, top: 2, right: 3, bottom: 4))
  }

  @Test(
    "refuse what is no such value",
    arguments: [
      #"{"bottom":1,"left":1,"right":1}"#, #"{"bottom":"1","left":1,"right":1,"top":1}"#, "[]", "null", #"{"bottom":1"#,
    ])
  func refused(json: String) {
    #expect(throws: (any Error).self) { try read(BoundingBox.self, json) }
  }

  @Test("refuse a turn that is none, and a word without its text")
  func refusedMembers() throws {
    let line = try text(Self.lines[0])
    #expect(throws: (any Error).self) { try read(Line.self, line.replacing("\"turn\":0", with: "\"turn\":45")) }
    let word = try text(Self.words[0])
    #expect(throws: (any Error).self) { try read(Word.self, word.replacing("\"text\"", with: "\"test\"")) }
  }

  /// Hides a value's own way, so that the general one is taken.
  private struct ByCodable<Value: Encodable>: Encodable {
    let value: Value

    init(_ value: Value) { self.value = value }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
  }

  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try CanonicalEncoder().encode(value), as: UTF8.self)
  }

  private func read<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    try CanonicalDecoder().decode(type, from: Array(text.utf8))
  }
}
