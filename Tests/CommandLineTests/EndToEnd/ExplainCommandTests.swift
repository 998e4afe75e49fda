import CanonicalJSON
import Foundation
import StageKit
import Testing

extension EndToEnd {
  @Suite("sheaf explain and its kin")
  struct ExplainCommandTests {
    @Test("names the option after a rerun with another language, and what the dry run had promised")
    func language() async throws {
      let place = try SheafPlace()
      let document = try place.copy("hello", as: "hello.pdf")
      #expect(
        try await place.sheaf(["run", document, "--set", "ocr.mode=always", "--set", "ocr.languages=eng"]).exit == 0)
      let change = ["rerun", "last", "--stage", "ocr", "--set", "ocr.languages=deu"]
      let forecast = try await place.sheaf(change + ["--dry-run"], delivering: false)
      #expect(forecast.exit == 0, "\(forecast.errors)")
      #expect(forecast.output.contains("option languages"))
      #expect(forecast.output.contains("May run"))
      let before = try await place.attempts().count

      #expect(try await place.sheaf(change).exit == 0)
      #expect(try await place.attempts().count > before)
      let text = try await place.sheaf(
        ["explain", "last", "ocr", "1"], delivering: false, environment: ["LC_ALL": "C.UTF-8"])
      #expect(text.exit == 0, "\(text.errors)")
      #expect(text.output.contains("an option changed."))
      #expect(text.output.contains("option languages  eng → deu"))
      #expect(text.output.contains("up to date"))

      let json = try await place.sheaf(["explain", "last", "ocr", "1", "--json"], delivering: false)
      let explanation = try #require(try json.lines().first)
      let changed = explanation["differences"]?.array?.compactMap { $0["what"]?.string } ?? []
      #expect(changed.contains("options.languages"))
      #expect(explanation["cause"]?["reason"]?.string == "changed")
      #expect(explanation["attempts"]?[1]?["cpu_seconds"]?.double != nil)
    }

    @Test("replays a stage over stored checkpoints without a lock or a trace")
    func replay() async throws {
      let place = try SheafPlace()
      let document = try place.copy("invoice", as: "invoice.pdf")
      #expect(try await place.sheaf(["run", document]).exit == 0)
      let tree = try await place.tree()
      let end = try await place.sheaf(["replay", "last", "--stage", "tables", "--json"], delivering: false)
      #expect(end.exit == 0, "\(end.errors)")
      let units = try #require(try end.lines().first?["units"]?.array)
      #expect(!units.isEmpty)
      #expect(units.allSatisfy { $0["verdict"]?.string == "equal" && $0["new_cost"]?["peak_bytes"]?.int != nil })
      #expect(try await place.tree() == tree)
    }

    @Test(
      "says what is wrong with the question",
      arguments: [
        (["explain", "last", "ocr"], "page_or_not", Int32(0)),
        (["explain", "last", "ocr", "9"], "checkpoint_not_found", 1),
        (["explain", "last", "orc"], "unknown_stage", 64), (["explain", "last", "ocr", "x"], "invalid_request", 64),
        (["explain", "last", "export", "html"], "checkpoint_not_found", 1),
        (["replay", "last", "--stage", "ocr", "--set", "tables.x=1"], "unknown_option", 64),
        (["replay", "--stage", "ocr"], "invalid_request", 64),
      ])
    func wrong(arguments: [String], code: String, exit: Int32) async throws {
      let place = try SheafPlace()
      let document = try place.copy("hello", as: "hello.pdf")
      #expect(try await place.sheaf(["run", document]).exit == 0)
      let end = try await place.sheaf(arguments, delivering: false)
      #expect(end.exit == exit, "\(end.errors)")
      #expect(exit == 0 || end.errors.contains("[\(code)]"), "\(end.errors)")
    }
  }
}
