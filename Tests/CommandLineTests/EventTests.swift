import Checkpoints
import Ledger
import StageKit
import Testing

@testable import sheaf

@Suite("Events")
struct EventTests {
  static func event(_ seq: Int64, job: JobID = ProgressTests.job) -> JobEvent {
    JobEvent(job: job, kind: .unitFinished, unit: UnitID(.ocr, .page(7)), state: "done", attempt: 1, seq: seq, at: 12.5)
  }

  @Test("each transition is told once, in order, and a gap is found")
  func sequence() {
    var sequence = EventSequence()
    var verdicts = [sequence.take(Self.event(1))]
    sequence.watch(ProgressTests.job, since: 3)
    for seq: Int64 in [3, 4, 4, 7, 5, 6, 7] { verdicts.append(sequence.take(Self.event(seq))) }
    #expect(verdicts == [.stale, .stale, .next, .stale, .missing(since: 4), .next, .next, .next])
    #expect(sequence.told(ProgressTests.job) == 7)
    #expect(sequence.told(ProgressTests.other) == nil)
  }

  @Test("a transition is one line of JSON with the names of the server's interface")
  func transitionLine() {
    #expect(
      JSONLine.text(Self.event(3).json)
        == "{\"at\":12.5,\"attempt\":1,\"job\":\"0123456789\",\"page\":7,\"seq\":3,\"stage\":\"ocr\",\"state\":\"done\",\"type\":\"unit_finished\"}\n"
    )
    #expect(
      JSONLine.text(JSONLine.tick(ProgressTests.job, UnitID(.export, .format("md")), 0.25))
        == "{\"tick\":{\"format\":\"md\",\"job\":\"0123456789\",\"progress\":0.25,\"stage\":\"export\"}}\n")
    #expect(
      JSONLine.text(JSONLine.planned(ProgressTests.job, [.ocr: 2, .ingest: 1]))
        == "{\"job\":\"0123456789\",\"stages\":{\"ingest\":1,\"ocr\":2},\"type\":\"planned\"}\n")
    #expect(JSONLine.text(JSONLine.end(.pageErrors)) == "{\"exit\":3,\"type\":\"end\"}\n")
  }

  @Test("a failure carries code, message, page, hint and whether it may pass")
  func failureLine() {
    let failure = StageFailure(.damaged, "Line\nbreak.", page: 2, hint: "Try.", retryable: true)
    let line = JSONLine.text(JSONLine.error(FailureReport(failure, subject: "a.pdf"), job: nil))
    #expect(
      line
        == "{\"failure\":{\"code\":\"damaged\",\"hint\":\"Try.\",\"message\":\"Line\\nbreak.\",\"page\":2,\"retryable\":true},\"subject\":\"a.pdf\",\"type\":\"error\"}\n"
    )
  }

  @Test("five ticks a second of each unit pass")
  func tickLimit() {
    var limiter = TickLimiter()
    let a = UnitID(.ocr, .page(1)), b = UnitID(.ocr, .page(2))
    var passed = 0
    for hundredth in 0..<100 where limiter.allows(ProgressTests.job, a, at: Double(hundredth) / 100) { passed += 1 }
    let others = [limiter.allows(ProgressTests.job, b, at: 0.99), limiter.allows(ProgressTests.other, a, at: 0.99)]
    let again = limiter.allows(ProgressTests.job, b, at: 0.99)
    limiter.forget(ProgressTests.job, b)
    let anew = limiter.allows(ProgressTests.job, b, at: 0.99)
    #expect(passed == 5 && others == [true, true] && !again && anew)
  }
}
