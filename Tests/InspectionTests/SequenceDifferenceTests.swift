import TestSupport
import Testing

@testable import Inspection

@Suite("The difference of two sequences")
struct SequenceDifferenceTests {
  @Test("leads from the one to the other, keeping what it says is the same", arguments: 1...40)
  func leads(seed: UInt64) {
    var random = SeededGenerator(seed)
    let letters = 2 + random.below(12)
    let old = (0..<random.below(60)).map { _ in random.below(letters) }
    let new = (0..<random.below(60)).map { _ in random.below(letters) }
    let steps = SequenceDifference(old, new).steps
    var (i, j, same) = (0, 0, 0)
    for step in steps {
      switch step {
      case .same(let a, let b):
        #expect(a == i && b == j && old[a] == new[b])
        (i, j, same) = (i + 1, j + 1, same + 1)
      case .removed(let a):
        #expect(a == i)
        i += 1
      case .added(let b):
        #expect(b == j)
        j += 1
      }
    }
    #expect(i == old.count && j == new.count)
    #expect(same == Self.longestCommon(old, new), "a shorter way would keep more")
  }

  @Test("of long sequences that have hardly anything in common takes no time")
  func bounded() {
    var random = SeededGenerator(1)
    let old = (0..<20_000).map { _ in random.below(1_000_000) }
    let new = (0..<20_000).map { $0 % 100 == 0 ? old[$0] : random.below(1_000_000) }
    let started = ContinuousClock.now
    let steps = SequenceDifference(old, new).steps
    #expect(ContinuousClock.now - started < .seconds(20))
    #expect(steps.count { if case .same = $0 { true } else { false } } >= 150)
  }

  @Test("is told as diff -u tells it")
  func unified() {
    let old = "a\nb\nc\nd\ne\nf\ng\nh\n"
    let difference = UnifiedDifference(old, "a\nb\nC\nd\ne\nf\ng\nh\ni\n", context: 1)
    #expect(difference.hunks.map(\.head) == ["@@ -2,3 +2,3 @@", "@@ -8,1 +8,2 @@"])
    #expect(difference.hunks.map(\.lines) == [[" b", "-c", "+C", " d"], [" h", "+i"]])
    #expect(difference.removed == 1 && difference.added == 2)
    #expect(UnifiedDifference(old, old).hunks.isEmpty)
    #expect(UnifiedDifference("", "x\n").hunks.map(\.head) == ["@@ -0,0 +1,1 @@"])
  }

  private static func longestCommon(_ a: [Int], _ b: [Int]) -> Int {
    var row = [Int](repeating: 0, count: b.count + 1)
    for x in a {
      var diagonal = 0
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = x == y ? diagonal + 1 : max(above, row[j])
        diagonal = above
      }
    }
    return row[b.count]
  }
}
