import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

extension EndToEnd {
  /// Calls of `sheaf` fail under the data folder as a bad disk makes them fail: Tests/BadDisk is loaded into it.
  @Suite("A disk that fails", .enabled(if: BadDisk.compiler != nil, "needs a C compiler"))
  struct BadDiskTests {
    /// Calls of each kind are a few hundred for eight pages: early ones make the folder and the ledger, late ones results.
    static let drills = [
      "fsync:1:EIO", "fsync:23:EIO", "fsync:60:EIO", "fsync:40+:EIO",
      "write:31:EIO", "write:200:EIO", "write:400:ENOSPC", "write:300+:ENOSPC", "write:500+:EROFS", "write:57:short",
      "write:350:short",
      "rename:1:EIO", "rename:9:EIO", "rename:20+:EROFS",
    ]

    @Test("at a call ends with a code or not at all, and once it is well again the job ends as if nothing had been")
    func calls() async throws {
      let source = Programs.fixture("cards8")
      let undisturbed = try SheafPlace()
      let run = ["run", source] + SheafPlace.allFormats
      try #require(try await undisturbed.sheaf(run).exit == 0)
      let claims = try await JobClaims(of: undisturbed)
      let disk = try BadDisk(in: undisturbed.path)
      var failed = 0
      for drill in Self.drills {
        let place = try SheafPlace()
        let environment = disk.environment(drill, under: place.data.path)
        let end = try await place.sheaf(run, environment: environment)
        #expect(end.signal == nil, "\(drill): \(end.status) \(end.errors)")
        #expect(end.survivors == [], "\(drill)")
        if end.exit != 0 {
          failed += 1
          #expect(end.errors.contains("["), "\(drill): \(end.errors)")
          #expect(!end.errors.contains("internal_error"), "\(drill): \(end.errors)")
          // What was refused before it was a job is given again.
          let hasJob = ((try? await place.jobs()) ?? []).isEmpty == false
          let resumed = try await place.sheaf(hasJob ? ["resume", "last", "--retry-gaps"] : run)
          #expect(resumed.exit == 0, "\(drill): \(end.errors) \(resumed.errors)")
        }
        JobClaims.expectEqual(place.results(), claims.results, "\(drill)")
        #expect(try place.leftovers() == [], "\(drill)")
        let check = try await place.sheaf(["fsck", "--repair"], delivering: false)
        #expect(check.exit == 0, "\(drill): \(check.output)")
      }
      #expect(failed >= Self.drills.count / 3)
    }
  }
}
