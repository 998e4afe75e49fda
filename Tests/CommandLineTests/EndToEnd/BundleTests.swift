import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import Ledger
import Logging
import StageKit
import TestSupport
import Testing

extension EndToEnd {
  @Suite("Bundles")
  struct BundleTests {
    @Test("made in one data folder are adopted by another, and replay there to the byte")
    func travel() async throws {
      let (place, other) = (try SheafPlace(), try SheafPlace())
      let document = try place.copy("sample", as: "sample.pdf")
      #expect(try await place.sheaf(["run", document, "--format", "md,json,csv"]).exit == 0)
      let bundle = try await place.bundle("first")
      #expect(try await place.bundle("second").contents == bundle.contents)

      let imported = try await other.sheaf(["import", bundle.path], delivering: false)
      #expect(imported.exit == 0, "\(imported.errors)")
      JobClaims.expectEqual(try await other.tree(), try await place.tree(), "checkpoints")
      #expect(try await other.job().manifest.settings == place.job().manifest.settings)
      #expect(try await other.bundle("third").contents == bundle.contents)

      // Adopted, it is done: nothing runs, and the results are the same.
      #expect(try await other.sheaf(["resume", "last"]).exit == 0)
      #expect(try await other.attempts().isEmpty)
      JobClaims.expectEqual(other.results(), place.results(), "results")

      let proof = try await other.sheaf(["verify", bundle.path, "--replay", "--json"], bare: true)
      #expect(proof.exit == 0, "\(proof.errors)")
      let lines = try #require(try proof.lines().first)
      #expect(lines["divergence"] == nil)
      #expect((lines["units"]?.int ?? 0) > 15)
      #expect(lines["equal"] == lines["units"])
      #expect(lines["identical"] == lines["units"])
    }

    @Test("are adopted once; another job of the same id is refused, and taken under a new one")
    func again() async throws {
      let (place, other) = (try SheafPlace(), try SheafPlace())
      let document = try place.copy("hello", as: "hello.pdf")
      #expect(try await place.sheaf(["run", document]).exit == 0)
      let bundle = try await place.bundle("bundle")
      #expect(try await other.sheaf(["import", bundle.path], delivering: false).exit == 0)
      let twice = try await other.sheaf(["import", bundle.path], delivering: false)
      #expect(twice.output.contains("here already"))

      #expect(try await place.sheaf(["rerun", "last", "--stage", "ocr", "--set", "ocr.mode=always"]).exit == 0)
      let changed = try await place.bundle("changed")
      let refused = try await other.sheaf(["import", changed.path], delivering: false)
      #expect(refused.exit == 1)
      #expect(refused.errors.contains("[job_exists]"), "\(refused.errors)")
      #expect(try await other.jobs().count == 1)
      let renamed = try await other.sheaf(["import", changed.path, "--new-id"], delivering: false)
      #expect(renamed.exit == 0, "\(renamed.errors)")
      #expect(try await other.jobs().count == 2)
    }

    @Test("with what reruns replaced bring it along")
    func history() async throws {
      let (place, other) = (try SheafPlace(), try SheafPlace())
      let document = try place.copy("hello", as: "hello.pdf")
      #expect(try await place.sheaf(["run", document, "--set", "ocr.mode=always"]).exit == 0)
      #expect(try await place.sheaf(["rerun", "last", "--stage", "ocr", "--set", "ocr.mode=never"]).exit == 0)
      let history = try await place.tree().filter { $0.key.hasPrefix("history/") }
      #expect(!history.isEmpty)
      let bundle = try await place.bundle("bundle", "--history")
      #expect(try await other.sheaf(["import", bundle.path], delivering: false).exit == 0)
      #expect(try await other.tree().filter { $0.key.hasPrefix("history/") } == history)
    }

    @Test(
      "that came out otherwise name the first such unit, and what was made with something else", arguments: Change.all)
    func divergence(change: Change) async throws {
      let place = try SheafPlace()
      let document = try place.copy("hello", as: "hello.pdf")
      #expect(try await place.sheaf(["run", document]).exit == 0)
      let edited = try BundleEditor(try await place.bundle("bundle").path)
      try edited.edit(change.unit, change.edit)
      let path = try edited.save(place.path + "/edited")
      let end = try await place.sheaf(["verify", path, "--replay", "--json"], bare: true)
      let proof = try #require(try end.lines().first, "\(end.errors)")
      #expect(end.exit == (change.isHarmless ? 0 : 1))
      let told = change.isHarmless ? proof["harmless"] : proof["divergence"]?["differences"]
      #expect(told?.array?.compactMap { $0["what"]?.string } == change.names)
      if !change.isHarmless { #expect(proof["divergence"]?["unit"]?.string == change.unit) }
      #expect((proof["equal"]?.int ?? 0) + (change.isHarmless ? 0 : 1) == proof["units"]?.int)
    }

    struct Change: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let unit: String
      let names: [String]
      var isHarmless = false
      let edit: @Sendable (inout [String: JSONValue]) -> Void

      /// What no stage yields, so that contents differ.
      private static func spoil(_ envelope: inout [String: JSONValue]) {
        guard case .object(var payload)? = envelope["payload"] else { return }
        payload["spoiled"] = true
        envelope["payload"] = .object(payload)
      }

      private static func set(
        _ value: JSONValue, _ name: String, in member: String, _ envelope: inout [String: JSONValue]
      ) {
        guard case .object(var members)? = envelope[member] else { return }
        members[name] = value
        envelope[member] = .object(members)
      }

      static let all = [
        Change(testDescription: "an engine", unit: "ocr/1", names: ["engines.tesseract"]) {
          spoil(&$0)
          set("9.9.9", "tesseract", in: "engines", &$0)
        },
        Change(testDescription: "the font set", unit: "render/1", names: ["recorded.fonts"]) {
          spoil(&$0)
          set("none", "fonts", in: "recorded", &$0)
        },
        Change(testDescription: "the processor", unit: "layout/1", names: ["recorded.cpu"]) {
          spoil(&$0)
          set("pdp-11", "cpu", in: "recorded", &$0)
        },
        Change(testDescription: "nothing that is recorded", unit: "tables/1", names: []) { spoil(&$0) },
        Change(
          testDescription: "a processor that does not matter", unit: "layout/1", names: ["recorded.cpu"],
          isHarmless: true
        ) {
          set("pdp-11", "cpu", in: "recorded", &$0)
        },
      ]
    }
  }
}

extension SheafPlace {
  /// Writes the newest job as a bundle.
  func bundle(_ name: String, _ more: String...) async throws -> (path: String, contents: Data) {
    let path = "\(self.path)/\(name).sheaf.tar.zst"
    let end = try await sheaf(["export", "last", "--bundle", "--out", path] + more)
    #expect(end.exit == 0, "\(end.errors)")
    return (path, try #require(FileManager.default.contents(atPath: path)))
  }

  /// Runs `sheaf` with nothing added, for commands that know no data folder.
  func sheaf(_ arguments: [String], bare: Bool) async throws -> ProgramEnd {
    try await ProgramRun(executable: Programs.sheaf, arguments: arguments, folder: path, limit: .seconds(240)).end()
  }
}
