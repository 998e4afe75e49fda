import CanonicalJSON
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

extension EndToEnd {
  @Suite("Slow on CPU, as other services are: not here, since")
  struct FrugalityTests {
    @Test("text that a document carries is taken from it, and no page is recognised")
    func textLayer() async throws {
      let place = try SheafPlace()
      #expect(try await place.sheaf(["run", try place.copy("invoice", as: "invoice.pdf")]).exit == 0)
      let pages = try await Self.recognition(in: place)
      #expect(!pages.isEmpty && pages.allSatisfy { $0["source"] == "text-layer" && $0["passes"] == 0 })
    }

    @Test("a page that has to be recognised is read once, and at most twice where the first reading is doubtful")
    func passes() async throws {
      let place = try SheafPlace()
      #expect(try await place.sheaf(["run", try place.copy("scan8", as: "scan.pdf"), "--pages", "1-4"]).exit == 0)
      let pages = try await Self.recognition(in: place)
      #expect(pages.count == 4 && pages.allSatisfy { (1...2).contains($0["passes"]?.int ?? 0) })
    }

    @Test("what is there is not done again, be it another job's, and a page with other options costs that page only")
    func nothingTwice() async throws {
      let place = try SheafPlace()
      let source = try place.copy("sample", as: "sample.pdf")
      #expect(try await place.sheaf(["run", source]).exit == 0)
      let first = try await place.attempts().count
      #expect(try await place.sheaf(["run", source, "--json"]).exit == 0)
      #expect(first > 0)
      #expect(try await place.attempts().isEmpty)
      let rerun = ["rerun", "last", "--stage", "layout", "--pages", "2", "--force"]
      #expect(try await place.sheaf(rerun).exit == 0)
      #expect(try await place.attempts().map(\.unit.description) == ["layout/2"])
    }

    private static func recognition(in place: SheafPlace) async throws -> [JSONValue] {
      try await place.tree().filter { $0.key.hasPrefix("03-ocr/") && $0.key.hasSuffix(".json") }.map {
        try CanonicalDecoder().decode(JSONValue.self, from: Array($0.value))["payload"] ?? .null
      }
    }
  }
}
