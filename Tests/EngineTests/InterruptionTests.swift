import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

@testable import Engine

@Suite("An engine that is interrupted")
struct InterruptionTests {
  @Test("stops at once, and the next one goes on where it was")
  func stop() async throws {
    let harness = try EngineHarness()
    let marker = harness.temporary.file("marker").path
    let engine = try await harness.open()
    let job = try await harness.submit("one\ntwo !assembly=slow !ocr=hang@\(marker)\nthree\n", to: engine)
    async let running: Void = engine.run()
    try await waitFor { FileManager.default.fileExists(atPath: marker) }
    await engine.stop()
    try await running
    try await engine.close()
    #expect(try await harness.job(job).manifest.state == .running)
    #expect(try await harness.attempts(job, "ocr/2").map(\.outcome) == [.interrupted])
    let done = Set(try await harness.units(job).values.filter { $0.state == .done }.map(\.unit))

    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await harness.job(job).manifest.state == .completed)
    for unit in done { #expect(try await harness.attempts(job, unit.description).count == 1) }
    #expect(try harness.leftovers().isEmpty)
  }

  @Test("cancels a job through its socket, and leaves the others alone")
  func cancel() async throws {
    let harness = try EngineHarness()
    let marker = harness.temporary.file("marker").path
    let engine = try await harness.open()
    let hanging = try await harness.submit("one !ocr=progress !ocr=hang@\(marker)\n", to: engine)
    let other = try await harness.submit("two\nthree\n", to: engine)
    async let running: Void = engine.run()
    try await waitFor { FileManager.default.fileExists(atPath: marker) }
    // The marker is set before the engine has read what the worker told.
    try await waitFor {
      let running = try await #require(try ControlClient(harness.folder)).status(hanging).running
      return running.map(\.unit) == [UnitID("ocr/1")] && running.first?.fraction == 0.5
    }
    try await #require(try ControlClient(harness.folder)).cancel(hanging)
    try await running
    try await engine.close()
    #expect(try await harness.job(hanging).manifest.state == .cancelled)
    #expect(try await harness.attempts(hanging, "ocr/1").map(\.outcome) == [.cancelled])
    #expect(try await harness.job(other).manifest.state == .completed)

    try await harness.session { _ = try await $0.resume(hanging) }
    #expect(try await harness.job(hanging).manifest.state == .completed)
  }

  @Test("without a password waits for it, and asks again after a restart")
  func passwords() async throws {
    let harness = try EngineHarness()
    let text = "%password sesame\none\ntwo\n"
    let job = try await harness.run(text)
    #expect(try await harness.job(job).manifest.state == .paused)
    #expect(try await harness.job(job).manifest.failure?.code == .passwordRequired)
    try await harness.session { _ = try await $0.resume(job, password: "wrong") }
    #expect(try await harness.job(job).manifest.failure?.code == .passwordWrong)
    try await harness.session { _ = try await $0.resume(job, password: "sesame") }
    #expect(try await harness.job(job).manifest.state == .completed)
    // Nobody who has not opened the document gets what others made of it.
    let second = try await harness.run(text)
    #expect(try await harness.job(second).manifest.state == .paused)
    let third = try await harness.run(text, password: "sesame")
    #expect(try await harness.attempts(third).map(\.unit.description) == ["ingest"])
    #expect(try await harness.job(third).manifest.state == .completed)
    let stored = try FileManager.default.subpathsOfDirectory(atPath: harness.folder.path)
      .compactMap { FileManager.default.contents(atPath: harness.folder.path + "/" + $0) }
    // Only the document itself, which says so in this test.
    #expect(stored.filter { $0.range(of: Data("sesame".utf8)) != nil }.count == 1)
  }

  @Test("finds a damaged checkpoint where it is read, and makes it anew")
  func damaged() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\n", JobSettings(until: .layout))
    let tree = harness.folder.job(job)
    let key = try #require(try await harness.units(job)[UnitID(.ocr, .page(2))]?.key)
    let object = try #require(try await harness.reader().artifact(key: key)).checkpoint.file
    let path = harness.folder.object(object.digest)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count / 2] ^= 1
    // In place, as a failing disk does it: the job's link shows the same damage.
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.write(contentsOf: bytes)
    try handle.close()
    let second = try await harness.run("one\ntwo\n")
    #expect(try await harness.job(second).manifest.state == .completed)
    #expect(try harness.markdown(second) == "# other\n\none with tables\ntwo with tables\n")
    #expect(try await harness.attempts(second, "ocr/2").map(\.outcome) == [.succeeded])
    let events = try await harness.reader().events(of: second, since: 0, limit: 1000)
    #expect(events.contains { $0.kind == .checkpointQuarantined })
    #expect(try FileManager.default.contentsOfDirectory(atPath: harness.folder.quarantine).count == 1)
    #expect(FileManager.default.fileExists(atPath: tree))
  }

  @Test("a cancel holds whenever it comes: before the job is planned, at its first unit, amid its work")
  func cancelAtAnyMoment() async throws {
    let harness = try EngineHarness()
    let engine = try await harness.open()
    // Keeps the engine at work as long as this goes on.
    let keeper = try await harness.submit("zero !ocr=hang\n", to: engine)
    async let running: Void = engine.run()
    var jobs: [JobID: JobState] = [:]
    for round in 0..<12 {
      var ids: [JobID] = []
      for number in 0..<8 { ids.append(try await harness.submit("page \(round) \(number)\n", to: engine)) }
      let states = try await withThrowingTaskGroup(of: (JobID, JobState?).self) { group in
        for (number, id) in ids.enumerated() {
          group.addTask {
            // From at once to amid the work.
            try await Task.sleep(for: .microseconds(number * round * 200))
            try await engine.cancel(id)
            return (id, try await engine.ledger.job(id)?.manifest.state)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for (id, state) in states { jobs[id] = state }
    }
    try await Task.sleep(for: .milliseconds(300))
    try await engine.cancel(keeper)
    try await running
    try await engine.close()
    for (job, state) in jobs {
      #expect(state == .cancelled || state == .completed)
      #expect(try await harness.job(job).manifest.state == state)
      let last = try await harness.reader().events(of: job, since: 0, limit: 200).last { $0.kind == .jobState }
      #expect(last?.state == state.rawValue)
      let units = try await harness.units(job).values
      #expect(!units.contains { $0.state == .running })
    }
  }
}
