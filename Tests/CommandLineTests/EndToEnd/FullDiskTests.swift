import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

extension EndToEnd {
  @Suite("A full disk", .enabled(if: SmallDisk.isPossible, "only the superuser can make a small disk"))
  struct FullDiskTests {
    @Test("under the data folder pauses the job, and with room it ends as if nothing had been", arguments: [2, 3])
    func dataFolder(megabytes: Int) async throws {
      let undisturbed = try SheafPlace()
      let run = ["run", Programs.fixture("cards8")] + SheafPlace.allFormats
      try #require(try await undisturbed.sheaf(run).exit == 0)
      let claims = try await JobClaims(of: undisturbed)
      let disk = try SmallDisk(bytes: megabytes << 20)
      let place = try SheafPlace(dataFolder: disk.path + "/data")
      let end = try await place.sheaf(run)
      #expect(end.exit == 1)
      #expect(end.errors.contains("[out_of_disk]"), "\(end.errors)")
      #expect(place.results().isEmpty)
      try disk.resize(to: 64 << 20)
      let resumed = try await place.sheaf(["resume", "last"])
      #expect(resumed.exit == 0, "\(resumed.errors)")
      JobClaims.expectEqual(try await place.tree(), claims.checkpoints, "checkpoints")
      JobClaims.expectEqual(place.results(), claims.results, "results")
      #expect(try place.leftovers() == [])
    }

    @Test("under the results leaves none half-written and keeps them to be delivered again")
    func results() async throws {
      let disk = try SmallDisk(bytes: 12 << 10)
      let place = try SheafPlace()
      let end = try await place.sheaf(
        ["run", Programs.fixture("cards8"), "--format", "md,pdf,json", "--out", disk.path + "/out"])
      #expect(end.exit == 1)
      #expect(end.errors.contains("[out_of_disk]"), "\(end.errors)")
      #expect(try await place.job().manifest.state == .completed)
      let delivered = SheafPlace.files(below: disk.path + "/out")
      try #require(try await place.sheaf(["export", "last"]).exit == 0)
      let whole = place.results()
      #expect(whole.count == 3)
      for (path, bytes) in delivered { #expect(whole[path] == bytes, "\(path)") }
      #expect(delivered.count < 3)
    }
  }
}
