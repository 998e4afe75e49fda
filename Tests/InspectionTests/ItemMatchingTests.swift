import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Inspection

@Suite("Two states of a page")
struct ItemMatchingTests {
  private static func word(_ text: String, _ x: Double, _ y: Double = 100, score: Double = 0.9, kind: String? = nil)
    -> Change.State
  {
    Change.State(
      text: text, kind: kind, box: BoundingBox(left: x, top: y, right: x + 40, bottom: y + 10),
      confidence: Score(score))
  }

  @Test("are told by what changed in its place, moved, came and went")
  func kinds() {
    let old = [
      Self.word("one", 0), Self.word("Uber", 50), Self.word("gone", 100), Self.word("far", 150),
      Self.word("sure", 200), Self.word("kind", 250, kind: "a"),
    ]
    let new = [
      Self.word("one", 0), Self.word("Über", 51), Self.word("far", 150, 400), Self.word("sure", 200, score: 0.5),
      Self.word("kind", 250, kind: "b"), Self.word("came", 300),
    ]
    let changes = ItemMatching(old, new).changes(.word)
    func texts(_ kind: Change.Kind) -> [String?] {
      changes.filter { $0.kind == kind }.map { $0.new?.text ?? $0.old?.text }
    }
    #expect(texts(.changed) == ["Über"] && changes.first { $0.kind == .changed }?.distance == 1)
    #expect(texts(.moved) == ["far"] && changes.first { $0.kind == .moved }?.distance == 300)
    #expect(texts(.rescored) == ["sure"] && texts(.retyped) == ["kind"])
    #expect(texts(.added) == ["came"] && texts(.removed) == ["gone"])
    #expect(changes.count == 6)
  }

  @Test("that are equal differ in nothing, whatever their order", arguments: 1...8)
  func equal(seed: UInt64) {
    var random = SeededGenerator(seed)
    let states = (0..<200).map { _ in
      Self.word("w\(random.below(20))", random.number(below: 500), random.number(below: 700))
    }
    #expect(ItemMatching(states, states.shuffled(using: &random)).changes(.word).isEmpty)
  }

  @Test("pair each item once", arguments: 1...8)
  func once(seed: UInt64) {
    var random = SeededGenerator(seed)
    func states(_ count: Int) -> [Change.State] {
      (0..<count).map { _ in
        Self.word("w\(random.below(9))", random.number(below: 300), random.number(below: 300))
      }
    }
    // More than what everything is laid on everything for.
    let (old, new) = (states(700), states(650))
    let pairs = ItemMatching(old, new).pairs
    #expect(pairs.compactMap(\.old).sorted() == Array(0..<700))
    #expect(pairs.compactMap(\.new).sorted() == Array(0..<650))
  }
}
