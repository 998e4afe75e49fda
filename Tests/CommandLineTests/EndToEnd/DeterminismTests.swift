import Checkpoints
import Foundation
import Ledger
import Testing

extension EndToEnd {
  @Suite("The same documents")
  struct DeterminismTests {
    /// Ten quick ones of every kind; with `--long` sample and scan as well.
    static let documents = Documents.readable.filter { Programs.isLong || !["sample", "scan8"].contains($0) }

    @Test("give the same bytes with one worker, with two, and with two on busy cores")
    func sameBytes() async throws {
      let alone = try await run(workers: 1)
      let two = try await run(workers: 2)
      let busy = BusyCores()
      let loaded = try await run(workers: 2)
      withExtendedLifetime(busy) {}
      for (other, what) in [(two, "two workers"), (loaded, "busy cores")] {
        #expect(other.keys.sorted() == alone.keys.sorted())
        let differing = alone.keys.sorted().filter { other[$0] != alone[$0] }
        #expect(differing == [], "\(what)")
      }
      #expect(alone.count > Self.documents.count * 30)
      #expect(Self.documents.count >= 10)
    }

    /// - Returns: checkpoints by document and path, and results by path.
    private func run(workers: Int) async throws -> [String: Data] {
      let place = try SheafPlace()
      let files = try Self.documents.map { try place.copy($0, as: "in/\($0)") }
      let end = try await place.sheaf(
        ["run"] + files + SheafPlace.allFormats + ["--workers", "\(workers)"], limit: .seconds(500))
      #expect(end.exit == 0, "\(end.errors)")
      var all = Dictionary(uniqueKeysWithValues: place.results().map { ("results/\($0.key)", $0.value) })
      for job in try await place.jobs() {
        for (path, bytes) in SheafPlace.files(below: place.data.job(job.manifest.id)) where path != "job.json" {
          all["\(job.manifest.name)/\(path)"] = bytes
        }
      }
      return all
    }
  }
}
