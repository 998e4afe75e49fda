import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import Ledger
import StageKit
import Testing

extension EndToEnd {
  @Suite("A bundle of a job with pins")
  struct PinnedBundleTests {
    @Test("replays on another data folder to the byte, and there has its history, conflicts and ways back")
    func travel() async throws {
      let (place, other) = (try SheafPlace(), try SheafPlace())
      try await Self.edited(place)
      let bundle = try await place.bundle("bundle", "--history")
      let proof = try await other.sheaf(["verify", bundle.path, "--replay", "--json"], bare: true)
      let told = try #require(try proof.lines().first, "\(proof.errors)")
      #expect(proof.exit == 0, "\(proof.output)")
      #expect(told["pins"] == 1)
      #expect(told["identical"] == told["units"] && told["divergence"] == nil)

      let imported = try await other.sheaf(["import", bundle.path], delivering: false)
      #expect(imported.exit == 0, "\(imported.errors)")
      JobClaims.expectEqual(try await other.tree(), try await place.tree(), "checkpoints")
      for command in [
        ["pins", "last", "--json"], ["history", "last", "ocr", "1", "--json"], ["resolve", "last", "ocr", "1"],
      ] {
        let (here, there) = (
          try await place.sheaf(command, delivering: false), try await other.sheaf(command, delivering: false)
        )
        // Advice names the data folder.
        let told = there.output.replacing(other.data.path, with: place.data.path)
        #expect(here.exit == 0 && told == here.output, "\(command): \(there.output) \(there.errors)")
      }
      let check = try await other.sheaf(["fsck", "--json"], delivering: false)
      #expect(try check.exit == 0 && check.lines().count == 1, "\(check.output)")
      #expect(try await other.bundle("again", "--history").contents == bundle.contents)
      #expect(try await other.sheaf(["gc", "--json"], delivering: false).lines().count == 1)
      #expect(try await other.sheaf(["import", bundle.path], delivering: false).output.contains("here already"))

      // Nothing runs; an older version comes back, and without the pin what the stage makes.
      #expect(try await other.sheaf(["resume", "last"]).exit == 0)
      #expect(try await other.attempts().isEmpty)
      #expect(other.markdown.contains("Salut"))
      let restore = try await other.sheaf(["restore", "last", "ocr", "1", "2"])
      #expect(restore.exit == 0, "\(restore.errors)")
      #expect(other.markdown.contains("Aloha"))
      let unpin = try await other.sheaf(["unpin", "last", "ocr", "1"])
      #expect(unpin.exit == 0, "\(unpin.errors)")
      try await place.sheaf(["unpin", "last", "ocr", "1"])
      #expect(!place.markdown.contains("Aloha") && !place.markdown.contains("Salut"))
      JobClaims.expectEqual(other.results(), place.results(), "results")
      JobClaims.expectEqual(
        try await other.tree().filter { !$0.key.hasPrefix("history/") },
        try await place.tree().filter { !$0.key.hasPrefix("history/") }, "checkpoints")
    }

    @Test("without its history has the pin, and what it was made over; a job with other pins is another job")
    func bare() async throws {
      let (place, other) = (try SheafPlace(), try SheafPlace())
      try await Self.edited(place)
      let bundle = try await place.bundle("bundle")
      #expect(try await other.sheaf(["import", bundle.path], delivering: false).exit == 0)
      #expect(try await other.tree().keys.filter { $0.hasPrefix("history/") } == [])
      let resolve = ["resolve", "last", "ocr", "1"]
      let shown = try await other.sheaf(resolve, delivering: false)
      let told = shown.output.replacing(other.data.path, with: place.data.path)
      #expect(try await place.sheaf(resolve, delivering: false).output == told)
      #expect(shown.output.contains("Salut"))
      #expect(try await other.sheaf(["fsck"], delivering: false).exit == 0)
      let patch = try other.write(#"[{"op":"replace","path":"/words/0/text","value":"Ciao"}]"#, as: "patch.json")
      #expect(try await other.sheaf(["edit", "last", "ocr", "1", "--patch", patch]).exit == 0)
      let twice = try await other.sheaf(["import", bundle.path], delivering: false)
      #expect(twice.exit == 1 && twice.errors.contains("[job_exists]"), "\(twice.errors)")
      let renamed = try await other.sheaf(["import", bundle.path, "--new-id"], delivering: false)
      #expect(renamed.exit == 0, "\(renamed.errors)")
      #expect(try await other.sheaf(["fsck"], delivering: false).exit == 0)
    }

    @Test("that lies about its versions is refused", arguments: Lie.all)
    func lies(lie: Lie) async throws {
      let place = try SheafPlace()
      try await Self.edited(place)
      let editor = try BundleEditor(try await place.bundle("bundle", "--history").path)
      let rows = editor.rows
      var (units, pins, history) = (rows.units, rows.pins, rows.history)
      lie.tell(&units, &pins, &history)
      editor.rows = BundleRows(
        pageCount: rows.pageCount, units: rows.units, artifacts: rows.artifacts, pins: pins, history: history)
      editor.units = units
      let end = try await place.sheaf(["verify", try editor.save(place.path + "/lie")], bare: true)
      #expect(end.exit == 1)
      #expect(end.errors.contains("[bundle_invalid]") && end.errors.contains(lie.says), "\(end.errors)")
    }

    struct Lie: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let says: String
      let tell: @Sendable (inout [UnitRecord], inout [PinEntry], inout [HistoryEntry]) -> Void

      private static func with(
        _ pin: PinEntry, unit: UnitID? = nil, at: Double? = nil, base: Digest?, content: Digest? = nil
      ) -> PinEntry {
        PinEntry(
          job: pin.job, unit: unit ?? pin.unit, basedOn: pin.basedOn, content: content ?? pin.content,
          object: pin.object, who: pin.who, at: at ?? pin.at, why: pin.why, length: pin.length, files: pin.files,
          base: base, newer: pin.newer)
      }

      private static func with(_ entry: HistoryEntry, number: Int) -> HistoryEntry {
        HistoryEntry(job: entry.job, number: number, cause: entry.cause, at: entry.at, record: entry.record)
      }

      static let all = [
        Lie(testDescription: "a pin of another unit", says: "The checkpoint of layout/1 is not sound") { _, pins, _ in
          pins[0] = with(pins[0], unit: UnitID(.layout, .page(1)), base: pins[0].base)
        },
        Lie(testDescription: "a pin of no unit", says: "not one of this job") { _, pins, _ in
          pins[0] = with(pins[0], unit: UnitID(.export, .format("md")), base: pins[0].base)
        },
        Lie(testDescription: "a pin twice", says: "not one of this job") { _, pins, _ in pins.append(pins[0]) },
        Lie(testDescription: "a pin from the year 30000000", says: "not one of this job") { _, pins, _ in
          pins[0] = with(pins[0], at: 1e15, base: pins[0].base)
        },
        Lie(testDescription: "another content", says: "not sound") { _, pins, _ in
          pins[0] = with(pins[0], base: pins[0].base, content: Digest(of: [1]))
        },
        Lie(testDescription: "a base that is not there", says: "lacks what the pin") { _, pins, _ in
          pins[0] = with(pins[0], base: Digest(of: [1]))
        },
        Lie(testDescription: "a base of another content", says: "not sound") { _, pins, _ in
          pins[0] = with(pins[0], base: pins[0].object)
        },
        Lie(testDescription: "a number beyond the newest", says: "not one of this job") { _, _, history in
          history[0] = with(history[0], number: .max)
        },
        Lie(testDescription: "a number twice", says: "not one of this job") { _, _, history in
          history.append(history[0])
        },
        Lie(testDescription: "versions without end", says: "counts of") { units, _, _ in
          units[0].history = .max
        },
        Lie(testDescription: "attempts without end", says: "counts of") { units, _, _ in units[0].attempts = .max },
      ]
    }

    /// A page recognised, corrected twice, and then read otherwise by the stage.
    private static func edited(_ place: SheafPlace) async throws {
      let run = try await place.sheaf(
        ["run", try place.copy("hello", as: "hello.pdf"), "--set", "ocr.mode=always", "--format", "md,json,pdf"])
      try #require(run.exit == 0, "\(run.errors)")
      for word in ["Aloha", "Salut"] {
        let patch = try place.write(
          #"[{"op":"replace","path":"/words/0/text","value":"\#(word)"}]"#, as: "patch.json")
        let edit = try await place.sheaf(
          ["edit", "last", "ocr", "1", "--patch", patch, "--author", "ada", "--why", "a greeting"])
        try #require(edit.exit == 0, "\(edit.errors)")
      }
      let rerun = try await place.sheaf(["rerun", "last", "--stage", "ocr", "--set", "ocr.mode=never"])
      try #require(rerun.exit == 0, "\(rerun.errors)")
      #expect(rerun.errors.contains("sheaf resolve"))
    }
  }
}

extension SheafPlace {
  fileprivate var markdown: String { results()["hello.md"].map { String(decoding: $0, as: UTF8.self) } ?? "" }
}
