import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

extension EndToEnd {
  @Suite("A full disk", .enabled(if: SmallDisk.isPossible, "only the superuser can make a small disk"))
  struct FullDiskTests {
    @Test("under the data folder pauses the job, and with room it ends as if nothing had been", arguments: [60, 90])
    func dataFolder(percent: Int) async throws {
      let undisturbed = try SheafPlace()
      let run = ["run", Programs.fixture("cards8")] + SheafPlace.allFormats
      try #require(try await undisturbed.sheaf(run).exit == 0)
      let claims = try await JobClaims(of: undisturbed)
      // Of what the job leaves in the end; on its way it needs more, for the ledger's log.
      let needed = SheafPlace.files(below: undisturbed.data.path).values.reduce(0) { $0 + $1.count }
      let disk = try SmallDisk(bytes: needed * percent / 100)
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

    @Test("that lets nothing be written any more refuses work with a code, can be looked at, and loses nothing")
    func readOnly() async throws {
      let bytes = 64 << 20
      let disk = try SmallDisk(bytes: bytes)
      let place = try SheafPlace(dataFolder: disk.path + "/data")
      let run = ["run", Programs.fixture("cards8")] + SheafPlace.allFormats
      let half = try await place.sheaf(["run", Programs.fixture("cards8"), "--until", "layout"])
      try #require(half.exit == 0, "\(half.errors)")
      let tree = try await place.tree()
      try await disk.close(bytes: bytes)
      for command in [run, ["resume", "last"], ["rerun", "last", "--stage", "layout", "--force"]] {
        let refused = try await place.sheaf(command)
        #expect(refused.exit == 1, "\(command): \(refused.errors)")
        #expect(refused.signal == nil)
        #expect(refused.errors.contains("["), "\(refused.errors)")
        #expect(!refused.errors.contains("internal_error"), "\(refused.errors)")
      }
      for look in [["status", "last"], ["show", "last", "ocr", "1"], ["jobs"]] {
        let told = try await place.sheaf(look, delivering: false)
        #expect(told.exit == 0, "\(look): \(told.errors)")
      }
      JobClaims.expectEqual(try await place.tree(), tree, "checkpoints")
      try disk.set(readOnly: false, bytes: bytes)
      let finished = try await place.sheaf(run)
      #expect(finished.exit == 0, "\(finished.errors)")
      let check = try await place.sheaf(["fsck"], delivering: false)
      #expect(check.exit == 0, "\(check.output)")
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
