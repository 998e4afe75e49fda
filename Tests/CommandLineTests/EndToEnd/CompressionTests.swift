import Checkpoints
import Foundation
import Ledger
import StageKit
import Testing

#if canImport(Glibc)
  import Glibc
#endif

extension EndToEnd {
  @Suite("Compressed checkpoints")
  struct CompressionTests {
    private static let zstd = ["--compression", "zstd"]

    /// A data folder with a document that was run with compression, and one where it was run without.
    private static func pair(_ options: [String] = []) async throws -> (compressed: SheafPlace, plain: SheafPlace) {
      let (compressed, plain) = (try SheafPlace(), try SheafPlace())
      for (place, more) in [(compressed, zstd), (plain, [])] {
        let run = try await place.sheaf(["run", Programs.fixture("sample"), "--format", "md,json"] + options + more)
        try #require(run.exit == 0, "\(run.errors)")
      }
      return (compressed, plain)
    }

    @Test("are the same checkpoints under the same digests, smaller, and give the same results")
    func same() async throws {
      let (compressed, plain) = try await Self.pair()
      JobClaims.expectEqual(compressed.results(), plain.results(), "results")
      let (objects, others) = (ObjectFolder(compressed.data), ObjectFolder(plain.data))
      let digests = try objects.list(after: nil, limit: 10_000)
      #expect(try others.list(after: nil, limit: 10_000) == digests)
      let packed = try digests.filter { try objects.isCompressed($0) }
      #expect(!packed.isEmpty)
      for digest in packed {
        #expect(try objects.head(digest)! >= CheckpointCompression.threshold)
        #expect(FileIdentity(objects.path(of: digest))!.length < FileIdentity(others.path(of: digest))!.length / 2)
      }
      #expect(try await compressed.sheaf(["fsck"], delivering: false).exit == 0)
      // A tree shows which ones they are, and every reader of zstd reads them.
      #expect(try await compressed.tree().keys.contains { $0.hasSuffix(".json.zst") })
    }

    @Test("are shown, exported, told and carried in bundles as if they were not")
    func transparent() async throws {
      let (compressed, plain) = try await Self.pair()
      for arguments in [
        ["show", "last", "ocr", "1"], ["show", "last", "regions", "--raw"], ["show", "last", "export"],
      ] {
        let (own, other) = (
          try await compressed.sheaf(arguments, delivering: false), try await plain.sheaf(arguments, delivering: false)
        )
        #expect(own.exit == 0, "\(own.errors)")
        #expect(own.output == other.output)
      }
      let bundle = try await compressed.bundle("a")
      let third = try SheafPlace()
      #expect(try await third.sheaf(["import", bundle.path], delivering: false).exit == 0)
      let objects = ObjectFolder(third.data)
      for digest in try objects.list(after: nil, limit: 10_000) { #expect(try !objects.isCompressed(digest)) }
      #expect(try await third.sheaf(["fsck"], delivering: false).exit == 0)
      #expect(try await third.sheaf(["resume", "last"]).exit == 0)
      #expect(try await third.attempts().isEmpty)
      JobClaims.expectEqual(third.results(), plain.results(), "results")
    }

    @Test("are resumed, rerun and edited without the option as well as with it, and what was replaced is kept")
    func mixed() async throws {
      let place = try SheafPlace()
      try #require(try await place.sheaf(["run", Programs.fixture("sample")] + Self.zstd).exit == 0)
      let count = try await place.attempts().count
      #expect(try await place.sheaf(["resume", "last"]).exit == 0)
      #expect(try await place.attempts().count == count)
      let rerun = try await place.sheaf(["rerun", "last", "--stage", "ocr", "--set", "ocr.mode=always"])
      #expect(rerun.exit == 0, "\(rerun.errors)")
      let again = try await place.sheaf(["rerun", "last", "--stage", "ocr", "--reset"] + Self.zstd)
      #expect(again.exit == 0, "\(again.errors)")
      let kept = try await place.tree().keys.filter { $0.hasPrefix("history/03-ocr/") }
      #expect(kept.contains { $0.hasSuffix(".json.zst") } && kept.contains { $0.hasSuffix(".json") })
      let history = try await place.sheaf(["history", "last", "ocr", "1"], delivering: false)
      #expect(history.exit == 0, "\(history.errors)")
      let difference = try await place.sheaf(["diff", "last", "ocr", "1"], delivering: false)
      #expect(difference.errors == "", "\(difference.errors)")
      #expect(try await place.sheaf(["fsck"], delivering: false).exit == 0)
      #expect(try await place.sheaf(["gc"], delivering: false).exit == 0)
    }

    @Test("that were damaged are found, healed by a resume, and a ledger is made anew from them")
    func damaged() async throws {
      let place = try SheafPlace()
      try #require(try await place.sheaf(["run", Programs.fixture("sample")] + Self.zstd).exit == 0)
      let tree = try await place.tree()
      let objects = ObjectFolder(place.data)
      let digest = try #require(try objects.list(after: nil, limit: 10_000).first { try objects.isCompressed($0) })
      let path = objects.path(of: digest)
      chmod(path, 0o644)
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      try handle.seek(toOffset: 300)
      let old = try #require(try handle.read(upToCount: 1)?.first)
      try handle.seek(toOffset: 300)
      try handle.write(contentsOf: Data([old ^ 16]))
      try handle.close()
      chmod(path, 0o444)
      #expect(try await place.sheaf(["fsck"], delivering: false).exit == 3)
      #expect(try await place.sheaf(["fsck", "--repair"], delivering: false).exit == 0)
      #expect(try await place.sheaf(["resume", "last"] + Self.zstd).exit == 0)
      JobClaims.expectEqual(try await place.tree(), tree, "checkpoints")

      let units = try await place.ledger().units(of: place.job().manifest.id)
      for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
        try? FileManager.default.removeItem(atPath: place.data.path + "/" + name)
      }
      #expect(try await place.sheaf(["fsck", "--rebuild"], delivering: false).exit == 0)
      let rebuilt = try await place.ledger().units(of: place.job().manifest.id)
      #expect(rebuilt.map(\.unit) == units.map(\.unit) && rebuilt.map(\.key) == units.map(\.key))
      #expect(try await place.sheaf(["resume", "last"]).exit == 0)
      #expect(try await place.attempts().isEmpty)
      JobClaims.expectEqual(try await place.tree(), tree, "checkpoints")
    }
  }
}
