import Checkpoints
import Foundation
import Ledger
import Testing

#if canImport(Glibc)
  import Glibc
#endif

extension EndToEnd {
  @Suite("A job whose processes die between two steps of a unit")
  struct CrashTests {
    /// Eight pages whose processes die at a point when they come there so many times.
    struct Death: CustomTestStringConvertible {
      let drill: String
      var testDescription: String { drill }

      /// The worker takes its parent with it, so that the step is the last thing that either does. A worker counts for
      /// itself; together they come to each point some sixty times.
      static let all = [
        "worker:order:1:parent", "worker:order:7:parent", "worker:order:21:parent",
        "worker:input:3:parent", "worker:input:12:parent",
        "worker:write:2:parent", "worker:write:9:parent", "worker:write:20:parent",
        "worker:fsync:1:parent", "worker:fsync:14:parent",
        "sheaf:publish:1", "sheaf:publish:17", "sheaf:publish:58",
        "sheaf:commit:1", "sheaf:commit:12", "sheaf:commit:40",
        "sheaf:link:1", "sheaf:link:25", "sheaf:link:63",
      ].map(Death.init)
    }

    @Test("dies at every point there is")
    func points() {
      let reached = Death.all.compactMap { FaultDrill($0.drill)?.point }
      #expect(reached.count == Death.all.count)
      #expect(Set(reached) == Set(FaultPoint.allCases))
    }

    @Test("goes on from what was committed and ends as if nothing had been")
    func crashes() async throws {
      let source = Programs.fixture("cards8")
      let undisturbed = try SheafPlace()
      let run = ["run", source] + SheafPlace.allFormats
      try #require(try await undisturbed.sheaf(run).exit == 0)
      let claims = try await JobClaims(of: undisturbed)
      for death in Death.all {
        let place = try SheafPlace()
        let died = try await place.sheaf(run, environment: ["SHEAF_FAULT": death.drill])
        #expect(died.signal == SIGKILL, "\(death.drill): \(died.status) \(died.errors)")
        #expect(died.survivors == [], "\(death.drill)")
        #expect(place.results().isEmpty, "\(death.drill)")
        let resumed = try await place.sheaf(["resume", "last"])
        #expect(resumed.exit == 0, "\(death.drill): \(resumed.errors)")
        #expect(resumed.survivors == [], "\(death.drill)")
        try await claims.check(place)
      }
    }

    /// Inputs are not among them: how many a process reads depends on what it holds, and a fresh one reads as many for a
    /// single export, which is given up where it kills its worker thrice.
    @Test("loses one attempt where only the worker dies", arguments: ["order:8", "write:8", "fsync:8"])
    func workerOnly(point: String) async throws {
      let undisturbed = try SheafPlace()
      let run = ["run", Programs.fixture("hello")] + SheafPlace.allFormats
      try #require(try await undisturbed.sheaf(run).exit == 0)
      let claims = try await JobClaims(of: undisturbed)
      let place = try SheafPlace()
      let end = try await place.sheaf(run, environment: ["SHEAF_FAULT": "worker:\(point)"])
      #expect(end.exit == 0, "\(end.errors)")
      #expect(try await place.attempts().contains { $0.outcome == .killed(signal: Int(SIGKILL)) })
      try await claims.check(place)
    }
  }
}
