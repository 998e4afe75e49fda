import StageKit
import Testing

@testable import Engine

@Suite("Inputs that a unit calls damaged")
struct InputRepairsTests {
  private static let unit = UnitID(.tables, .page(2))
  private static let inputs = [Digest(of: [1]), Digest(of: [2])]

  /// What is made again and what is not, one answer a complaint.
  private func answers(_ complaints: [Digest?]) -> [Bool] {
    var repairs = InputRepairs()
    return complaints.map { repairs.note($0, of: Self.unit) }
  }

  @Test("are made again twice, be they named or held by the worker")
  func twice() {
    let (first, second) = (Self.inputs[0], Self.inputs[1])
    for complaints in [
      [first, first, first], [nil, nil, nil], [nil, first, first], [first, nil, first], [first, first, nil],
    ] as [[Digest?]] {
      #expect(answers(complaints) == [true, true, false], "\(complaints)")
    }
    #expect(answers([first, second, first, second]) == [true, true, true, true])
  }

  @Test("of one unit say nothing of another's")
  func units() {
    var repairs = InputRepairs()
    for _ in 0..<3 { _ = repairs.note(nil, of: Self.unit) }
    let isMadeAgain = repairs.note(Self.inputs[0], of: UnitID(.tables, .page(3)))
    #expect(isMadeAgain)
  }
}
