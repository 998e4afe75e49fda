import CanonicalJSON
import Checkpoints
import Foundation
import Inspection
import Ledger
import StageKit
import Testing

extension EndToEnd {
  @Suite("diff")
  struct DiffTests {
    @Test("after a rerun with another language names ocr, the option and the words it read otherwise")
    func language() async throws {
      let place = try SheafPlace()
      try await place.sheaf(
        ["run", Programs.fixture("invoice"), "--set", "ocr.mode=always", "--set", "ocr.languages=eng"]
          + SheafPlace.allFormats)
      try await place.sheaf(["rerun", "last", "--stage", "ocr", "--set", "ocr.languages=deu"])
      let end = try await place.sheaf(["diff", "last", "--json"], delivering: false)
      let difference = try CanonicalDecoder().decode(JobDifference.self, from: Array(end.output.utf8))

      #expect(difference.first == .ocr)
      let ocr = try #require(difference.stages.first)
      #expect(ocr.options.map(\.what) == ["options.languages"])
      let words = ocr.units.flatMap(\.changes).filter { $0.subject == .word && $0.kind == .changed }
      let street = try #require(words.first { $0.new?.text == "Hafenstraße" })
      #expect(street.old?.text == "HafenstraBe" && street.old?.box != nil && street.new?.confidence != nil)
      let markdown = try #require(
        difference.stages.last?.units.first { $0.unit == UnitID(.export, .format("md")) }?.texts[".md"])
      #expect(markdown.hunks.flatMap(\.lines).contains { $0.hasPrefix("+") && $0.contains("Hafenstraße") })

      let told = try await place.sheaf(["diff", "last"], delivering: false, environment: ["LANG": "C.UTF-8"])
      #expect(told.output.contains("First difference: ocr  ocr.languages eng → deu"))
      #expect(told.output.contains("\"HafenstraBe\" → \"Hafenstraße\""))
      #expect(!told.output.contains("\u{1B}"), "colour is for terminals")

      let only = try await place.sheaf(["diff", "last", "tables", "1", "--history", "1", "--json"], delivering: false)
      let tables = try CanonicalDecoder().decode(JobDifference.self, from: Array(only.output.utf8))
      #expect(tables.stages.map(\.stage) == [.tables])
      #expect(tables.stages[0].units[0].changes.contains { $0.subject == .cell && $0.new?.text == "Hafenstraße 3" })

      let image = place.path + "/ocr.png"
      let drawn = try await place.sheaf(["diff", "last", "ocr", "--image", image], delivering: false)
      #expect(drawn.exit == 0, "\(drawn.errors)")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: image))
      #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) && bytes.count > 10_000)
    }

    @Test("of two jobs alike finds nothing, and of two documents says so")
    func jobs() async throws {
      let place = try SheafPlace()
      try await place.sheaf(["run", Programs.fixture("hello")])
      try await place.sheaf(["run", Programs.fixture("hello")])
      try await place.sheaf(["run", Programs.fixture("form")])
      let jobs = try await place.jobs().map(\.manifest.id.text)
      let same = try await place.sheaf(["diff", jobs[2], jobs[1]], delivering: false)
      #expect(same.output.contains("No difference in "))
      let other = try await place.sheaf(["diff", jobs[1], jobs[0], "--json"], delivering: false)
      let difference = try CanonicalDecoder().decode(JobDifference.self, from: Array(other.output.utf8))
      #expect(!difference.sameDocument && difference.first == .ingest)
      let never = try await place.sheaf(["diff", "last"], delivering: false)
      #expect(never.errors.contains("Nothing of this job was replaced yet."))
      let wrong = try await place.sheaf(["diff", "last", "ocr", "1", "--history", "7"], delivering: false)
      #expect(wrong.errors.contains("[checkpoint_not_found]"))
    }
  }
}
