import StageKit
import Testing

@testable import Engine

@Suite("A unit's state machine")
struct UnitStateMachineTests {
  typealias Event = UnitStateMachine.Event
  typealias Action = UnitStateMachine.Action

  /// A life of a unit: what happens, and what follows each time.
  struct Life: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var unit = UnitID(.ocr, .page(7))
    var counted = 0
    let steps: [(Event, Action)]
  }

  private static let segfault = UnitDeath.crashed(signal: 11)
  private static let full = StageFailure(.outOfDisk, "No room.", retryable: true)
  private static let bad = StageFailure(.engineFailed, "No.", page: 7)
  private static let locked = StageFailure(.passwordRequired, "A password.")
  private static let corrupt = StageFailure(.checkpointCorrupt, "Damaged.")
  private static let crashed = StageFailure(.crashed, GapCode.crashed.sentence)
  private static let damaged = StageFailure(.damaged, GapCode.damaged.sentence, page: 7)

  static let lives: [Life] = [
    Life(testDescription: "a result under its key is the end", steps: [(.found, .settleDone)]),
    Life(
      testDescription: "a success is the end",
      steps: [(.missing, .queue(alone: false)), (.started, .forget), (.succeeded, .settleDone)]),
    Life(
      testDescription: "the third death is final and the third try is made alone",
      steps: [
        (.missing, .queue(alone: false)), (.started, .forget), (.died(segfault), .queue(alone: false)),
        (.started, .forget), (.died(.wallLimit), .queue(alone: true)), (.started, .forget),
        (.died(segfault), .settleGap(.crashed, segfault.failure(of: UnitID(.ocr, .page(7))))),
      ]),
    Life(
      testDescription: "deaths before a restart count", counted: 2,
      steps: [
        (.missing, .queue(alone: true)), (.started, .forget),
        (.died(.memoryLimit), .settleGap(.outOfMemory, UnitDeath.memoryLimit.failure(of: UnitID(.ocr, .page(7))))),
      ]),
    Life(
      testDescription: "what a stage says of its input is final",
      steps: [(.missing, .queue(alone: false)), (.started, .forget), (.failed(bad), .settleGap(.engineFailed, bad))]),
    Life(
      testDescription: "a disk that fails is asked again, more and more slowly, and then the job waits",
      steps: [
        (.missing, .queue(alone: false)), (.failed(full), .queueLater(setback: 1)),
        (.failed(full), .queueLater(setback: 2)),
        (.failed(full), .queueLater(setback: 3)), (.failed(full), .queueLater(setback: 4)),
        (.failed(full), .queueLater(setback: 5)), (.failed(full), .pauseJob(full)),
      ]),
    Life(testDescription: "a password is waited for", steps: [(.failed(locked), .pauseJob(locked))]),
    Life(testDescription: "a damaged input is repaired", steps: [(.failed(corrupt), .repair(corrupt))]),
    Life(
      testDescription: "being let go counts for nothing",
      steps: [
        (.missing, .queue(alone: false)), (.started, .forget), (.released, .queue(alone: false)), (.started, .forget),
      ]),
    Life(
      testDescription: "a lost page passes its code on",
      steps: [(.upstreamLost(.damaged), .settleGap(.damaged, damaged))]),
    Life(
      testDescription: "sections cannot be missing", unit: UnitID(.sections),
      steps: [(.upstreamLost(.crashed), .failJob(crashed))]),
    Life(
      testDescription: "an export that fails costs its format", unit: UnitID(.export, .format("pdf")),
      steps: [(.failed(bad), .settleFailed(bad))]),
  ]

  @Test("decides", arguments: lives)
  func life(life: Life) {
    var machine = UnitStateMachine(life.unit, counted: life.counted)
    for (event, action) in life.steps { #expect(machine.handle(event) == action, "after \(event)") }
  }

  @Test("says of every stage what is lost with it")
  func criticality() {
    let critical = StageID.allCases.filter { Criticality(of: $0) == .job }
    #expect(critical == [.ingest, .regions, .readingOrder, .sections])
    #expect(Criticality(of: .export) == .format)
  }

  @Test("waits longer from setback to setback, never beyond half a minute")
  func backoff() {
    let longest = (1...40).map { Backoff.pause(setback: $0, chance: 1) }
    #expect(longest.first == .milliseconds(250))
    #expect(longest == longest.sorted())
    #expect(longest.last == .seconds(30))
    #expect(Backoff.pause(setback: 3, chance: 0) == .milliseconds(500))
  }
}
