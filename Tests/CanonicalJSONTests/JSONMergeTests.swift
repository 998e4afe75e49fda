import CanonicalJSON
import TestSupport
import Testing

@Suite("A three-way merge")
struct JSONMergeTests {
  /// A word of a page: 10 points wide, the one after it 12 further right.
  static func word(_ text: String, _ place: Double, confidence: Double = 0.9) -> JSONValue {
    [
      "text": .string(text), "confidence": .number(confidence),
      "box": ["left": .number(place * 12), "top": 10, "right": .number(place * 12 + 10), "bottom": 20],
    ]
  }

  static func words(_ words: JSONValue...) -> JSONValue { ["words": .array(words)] }

  @Test("takes a corrected word over to words that another resolution found elsewhere and in other number")
  func words() {
    let base = Self.words(Self.word("a", 0), Self.word("Tne", 1), Self.word("c", 2))
    let mine = Self.words(Self.word("a", 0), Self.word("The", 1), Self.word("c", 2))
    let theirs = Self.words(
      Self.word("new", -1), Self.word("a", 0.02), Self.word("Tne", 1.03, confidence: 0.95), Self.word("c", 2.01))
    let merge = JSONMerge(base: base, mine: mine, theirs: theirs)
    #expect(merge.collisions == [])
    #expect(
      merge.merged
        == Self.words(
          Self.word("new", -1), Self.word("a", 0.02), Self.word("The", 1.03, confidence: 0.95), Self.word("c", 2.01)))
  }

  @Test("is refused with the place where both changed the same")
  func collision() {
    let base = Self.words(Self.word("a", 0), Self.word("Tne", 1))
    let merge = JSONMerge(
      base: base, mine: Self.words(Self.word("a", 0), Self.word("The", 1)),
      theirs: Self.words(Self.word("a", 0), Self.word("Tue", 1)))
    #expect(merge.merged == nil)
    #expect(merge.collisions.map(\.description) == ["/words/1/text: is changed in both"])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let base: [String]
    let mine: [String]
    let theirs: [String]
    /// Nil where it is refused.
    let merged: [String]?
  }

  /// Elements as `id:kind`.
  static let cases = [
    Case(
      testDescription: "changes of different elements", base: ["1:a", "2:b"], mine: ["1:x", "2:b"],
      theirs: ["1:a", "2:y"], merged: ["1:x", "2:y"]),
    Case(
      testDescription: "added in one, moved in the other", base: ["1:a", "2:b"], mine: ["1:a", "3:c", "2:b"],
      theirs: ["2:b", "1:a"], merged: ["2:b", "1:a", "3:c"]),
    Case(
      testDescription: "removed in one", base: ["1:a", "2:b"], mine: ["2:b"], theirs: ["1:a", "2:y"], merged: ["2:y"]),
    Case(
      testDescription: "gone in the other", base: ["1:a", "2:b"], mine: ["1:a", "2:x"], theirs: ["2:b"],
      merged: ["2:x"]),
    Case(
      testDescription: "removed in one, changed in the other", base: ["1:a", "2:b"], mine: ["2:b"],
      theirs: ["1:y", "2:b"], merged: nil),
    Case(
      testDescription: "changed in one, gone in the other", base: ["1:a", "2:b"], mine: ["1:x", "2:b"],
      theirs: ["2:b"], merged: nil),
    Case(
      testDescription: "put in another order, and changed", base: ["1:a", "2:b"], mine: ["2:b", "1:a"],
      theirs: ["1:a", "2:y"], merged: nil),
  ]

  @Test("goes by the elements' ids", arguments: cases)
  func ids(example: Case) {
    func value(_ texts: [String]) -> JSONValue {
      .array(texts.map { ["id": .string(String($0.prefix(1))), "kind": .string(String($0.suffix(1)))] })
    }
    let merge = JSONMerge(base: value(example.base), mine: value(example.mine), theirs: value(example.theirs))
    #expect(merge.merged == example.merged.map(value))
    #expect(merge.collisions.isEmpty == (example.merged != nil))
  }

  @Test("takes lists without identity as one thing")
  func scalars() {
    let merge = JSONMerge(
      base: ["lines": [1, 2], "a": 1], mine: ["lines": [1, 2, 3], "a": 1], theirs: ["lines": [0, 1, 2], "a": 2])
    #expect(merge.collisions.map(\.path.description) == ["/lines"])
    #expect(
      JSONMerge(base: ["lines": [1, 2]], mine: ["lines": [1]], theirs: ["lines": [1, 2], "b": 1]).merged
        == ["lines": [1], "b": 1])
  }

  @Test("of changes to different words has both, whichever they are", arguments: 0..<50)
  func property(seed: Int) {
    var random = SeededGenerator(UInt64(seed))
    let count = Int.random(in: 2...30, using: &random)
    let base = (0..<count).map { Self.word("w\($0)", Double($0)) }
    var (mine, theirs, both) = (base, base, base)
    for index in 0..<count {
      switch Int.random(in: 0...3, using: &random) {
      case 0:
        mine[index] = Self.word("mine\(index)", Double(index))
        both[index] = mine[index]
      case 1:
        theirs[index] = Self.word("theirs\(index)", Double(index) + 0.1, confidence: 0.5)
        both[index] = theirs[index]
      case 2:
        mine[index] = Self.word("mine\(index)", Double(index))
        theirs[index] = Self.word("w\(index)", Double(index) + 0.1, confidence: 0.5)
        both[index] = Self.word("mine\(index)", Double(index) + 0.1, confidence: 0.5)
      default: break
      }
    }
    let merge = JSONMerge(base: .array(base), mine: .array(mine), theirs: .array(theirs))
    #expect(merge.merged == .array(both))
    #expect(JSONMerge(base: .array(base), mine: .array(mine), theirs: .array(base)).merged == .array(mine))
    #expect(JSONMerge(base: .array(base), mine: .array(base), theirs: .array(theirs)).merged == .array(theirs))
  }

  @Test("finds the smallest differences")
  func differences() {
    let old = Self.words(Self.word("a", 0), Self.word("Tne", 1), Self.word("c", 2))
    let new = Self.words(Self.word("a", 0), Self.word("The", 1))
    #expect(
      JSONDifference.between(old, new) == [
        JSONDifference(path: JSONPointer(["words", "1", "text"]), old: "Tne", new: "The"),
        JSONDifference(path: JSONPointer(["words", "2"]), old: Self.word("c", 2), new: nil),
      ])
    #expect(JSONDifference.between(old, old).isEmpty)
  }
}
