import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import StageKit
import Testing

#if canImport(Glibc)
  import Glibc
#endif

extension EndToEnd {
  @Suite("A scan of forty pages, killed twenty-five times", .enabled(if: Programs.isLong, "script/test --long"))
  struct LongKillTests {
    enum Victim: String, CaseIterable {
      case sheaf, worker, both
    }

    static let blows = 25

    @Test("ends as if nothing had been")
    func kills() async throws {
      let undisturbed = try SheafPlace()
      let scan = undisturbed.path + "/scan.pdf"
      let made = try await ProgramRun(
        executable: Programs.checkout.appendingPathComponent("script/fixtures").path, arguments: ["--forty", scan],
        folder: undisturbed.path
      ).end()
      try #require(made.exit == 0, "\(made.errors)")
      let run = ["run", scan] + SheafPlace.allFormats
      try #require(try await undisturbed.sheaf(run, limit: .seconds(600)).exit == 0)
      let claims = try await JobClaims(of: undisturbed)
      try await tell("undisturbed", undisturbed)
      for victim in Victim.allCases {
        let place = try SheafPlace()
        let blows = try await victim == .worker ? strikeWorkers(place, run) : strikeSheaf(place, run, victim)
        // A worker may fall while the end of the one before is still on its way into the ledger.
        #expect(blows >= Self.blows, "\(victim)")
        try await claims.check(place)
        try await tell("\(blows) kills of \(victim)", place)
      }
    }

    /// Kills the owner again and again, and a worker at the same moment where both are to die.
    private func strikeSheaf(_ place: SheafPlace, _ run: [String], _ victim: Victim) async throws -> Int {
      var pauses = Pauses(upTo: 600)
      var blows = 0
      while blows < Self.blows {
        // Before the first run there is no ledger.
        let known = (try? await place.attemptsSoFar().count { $0.outcome == .succeeded }) ?? 0
        let pause = pauses.next()
        let end = try await place.sheaf(blows == 0 ? run : ["resume", "last"], limit: .seconds(600)) { process in
          try await progress(place, beyond: known)
          try await Task.sleep(for: pause)
          let workers = try SessionMembers.of(process).filter { $0.name == "sheaf-worker" }
          if victim == .both, let worker = workers.first { kill(worker.process, SIGKILL) }
          kill(process, SIGKILL)
        }
        #expect(end.survivors == [], "\(victim)")
        guard end.signal == SIGKILL else { break }
        blows += 1
      }
      let last = try await place.sheaf(["resume", "last"], limit: .seconds(600))
      #expect(last.exit == 0, "\(last.errors)")
      return blows
    }

    /// Kills one busy worker after the other under an owner that lives on.
    private func strikeWorkers(_ place: SheafPlace, _ run: [String]) async throws -> Int {
      let end = try await place.sheaf(run, limit: .seconds(600)) { _ in
        var pauses = Pauses(upTo: 600)
        try await place.reached(.ingest)
        while try await place.job().manifest.state == .running {
          let killed = try await place.attempts().filter { $0.outcome == .killed(signal: Int(SIGKILL)) }
          guard killed.count < Self.blows else { return }
          try await Task.sleep(for: .milliseconds(100) + pauses.next())
          // A unit that has lost two workers is spared: the third time it would rightly be given up.
          let deaths = Dictionary(grouping: killed, by: \.unit).mapValues(\.count)
          let busy = try await busyWorkers(place).first { deaths[$0.unit, default: 0] < 2 }
          if let busy { kill(busy.worker, SIGKILL) }
        }
      }
      #expect(end.exit == 0, "\(end.errors)")
      return try await place.attempts().count { $0.outcome == .killed(signal: Int(SIGKILL)) }
    }

    private func busyWorkers(_ place: SheafPlace) async throws -> [(worker: pid_t, unit: UnitID)] {
      let status = try await place.sheaf(["status", "last", "--json"], delivering: false)
      let running = try status.lines().first?["running"]?.array ?? []
      // Exports are over in a moment.
      return running.compactMap { entry in
        guard let worker = entry["worker"]?.whole, worker > 0,
          let stage = entry["stage"]?.string.flatMap(StageID.init), stage != .export
        else { return nil }
        let page = entry["page"]?.whole.map { UnitSubject.page(Int($0)) }
        return (pid_t(worker), UnitID(stage, page ?? .document))
      }
    }

    private func progress(_ place: SheafPlace, beyond known: Int) async throws {
      for _ in 0..<3000 {
        // There is no ledger or no job yet.
        let attempts = (try? await place.attemptsSoFar()) ?? []
        if attempts.count(where: { $0.outcome == .succeeded }) > known { return }
        try await Task.sleep(for: .milliseconds(10))
      }
    }

    /// Puts the figures into the log of the run.
    private func tell(_ what: String, _ place: SheafPlace) async throws {
      let attempts = try await place.attempts()
      let outcomes = Dictionary(grouping: attempts) { $0.outcome?.name ?? "open" }.mapValues(\.count)
      let began = attempts.map(\.started).min() ?? 0
      let seconds = Int((attempts.compactMap(\.finished).max() ?? began) - began)
      print("\(what): \(seconds) s,", outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" })
    }

    /// The same pauses every time.
    private struct Pauses {
      let bound: UInt64
      private var state: UInt64 = 40

      init(upTo milliseconds: UInt64) { bound = milliseconds }

      mutating func next() -> Duration {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return .milliseconds(Int((state >> 33) % bound))
      }
    }
  }
}
