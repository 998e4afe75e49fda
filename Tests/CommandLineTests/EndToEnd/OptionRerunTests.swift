import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import StageKit
import Testing

extension EndToEnd {
  @Suite("A rerun with real recognition")
  struct OptionRerunTests {
    @Test("in another language runs its page and what depends on it; the old option brings the old bytes back unread")
    func languages() async throws {
      let place = try SheafPlace()
      try #require(try await place.sheaf(["run", Programs.fixture("cards8")] + SheafPlace.allFormats).exit == 0)
      let (original, results) = (try await place.tree(), place.results())

      var before = try await place.attempts().count
      let other = try await place.sheaf(
        ["rerun", "last", "--stage", "ocr", "--pages", "3", "--set", "ocr.languages=deu"])
      #expect(other.exit == 0, "\(other.errors)")
      let ran = try await place.attempts().dropFirst(before).map(\.unit)
      #expect(ran.filter { $0.stage == .ocr } == [UnitID(.ocr, .page(3))])
      #expect(ran.allSatisfy { $0.page == nil || $0.page == 3 }, "\(ran)")
      #expect(!ran.contains { $0.stage < .ocr })
      #expect(Set(ran).count == ran.count)
      let changed = try await place.tree()
      for unit in Set(ran).subtracting([UnitID(.ocr, .page(3))]) {
        let path = TreeFile(checkpointOf: unit).path
        #expect(try Self.upstream(changed[path]) != Self.upstream(original[path]), "\(unit) had nothing new to read")
      }
      #expect(changed["03-ocr/0003.json"] != original["03-ocr/0003.json"])
      #expect(changed["history/03-ocr/0003.1.json"] == original["03-ocr/0003.json"])
      for page in [1, 2, 4, 5, 6, 7, 8] {
        for path in original.keys where path.hasSuffix("/000\(page).json") {
          #expect(changed[path] == original[path], "\(path)")
        }
      }

      before = try await place.attempts().count
      let back = try await place.sheaf(
        ["rerun", "last", "--stage", "ocr", "--pages", "3", "--set", "ocr.languages=auto"])
      #expect(back.exit == 0, "\(back.errors)")
      #expect(try await place.attempts().dropFirst(before).map(\.unit) == [])
      let returned = try await place.tree().filter { !$0.key.hasPrefix("history/") }
      JobClaims.expectEqual(returned, original, "checkpoints")
      JobClaims.expectEqual(place.results(), results, "results")

      let reset = try await place.sheaf(["rerun", "last", "--stage", "ocr", "--reset"])
      #expect(reset.exit == 0, "\(reset.errors)")
      #expect(try await place.attempts().dropFirst(before).map(\.unit) == [])
    }

    @Test("of a finished job, resumed, runs nothing and delivers again")
    func finished() async throws {
      let place = try SheafPlace()
      try #require(try await place.sheaf(["run", Programs.fixture("hello")] + SheafPlace.allFormats).exit == 0)
      let (before, results) = (try await place.attempts().count, place.results())
      try FileManager.default.removeItem(atPath: place.out)
      #expect(try await place.sheaf(["resume", "last"]).exit == 0)
      #expect(try await place.attempts().count == before)
      JobClaims.expectEqual(place.results(), results, "results")
    }

    /// What a checkpoint was made from, by content digests.
    private static func upstream(_ checkpoint: Data?) throws -> JSONValue? {
      try CanonicalDecoder().decode(JSONValue.self, from: Array(#require(checkpoint)))["upstream"]
    }
  }
}
