import CanonicalJSON
import Checkpoints
import Foundation
import Inspection
import Ledger
import StageKit
import Testing

extension EndToEnd {
  @Suite("An edit")
  struct EditTests {
    private static let formats = ["--format", "md,txt,hocr,pdf"]

    @Test("of one word of a scan changes that word alone, outlives a rerun as a conflict, and is undone by unpin")
    func word() async throws {
      let place = try SheafPlace()
      let run = try await place.sheaf(["run", Programs.fixture("scan8")] + Self.formats)
      try #require(run.exit == 0, "\(run.errors)")
      let (tree, results) = (try await place.tree(), place.results())
      let text = try await place.layer()
      let words = try await place.payload("03-ocr/0003.json")["words"]?.array ?? []
      let index = try #require(words.firstIndex { $0["text"]?.string == "Plymouth" })
      var seen = try await place.attempts().count

      let patch = try place.write(
        #"[{"op":"test","path":"/words/\#(index)/text","value":"Plymouth"},"#
          + #"{"op":"replace","path":"/words/\#(index)/text","value":"Zeebrugge"}]"#, as: "patch.json")
      let edit = try await place.sheaf(["edit", "last", "ocr", "3", "--patch", patch, "--why", "misread"])
      #expect(edit.exit == 0, "\(edit.errors)")
      #expect(edit.errors.contains(#"/words/\#(index)/text: "Plymouth" → "Zeebrugge""#))

      // Only what depends on it ran: no other page's words, tables or elements, and nothing before.
      let ran = try await place.attempts().dropFirst(seen).map(\.unit)
      #expect(ran.allSatisfy { $0.page == nil || $0.page == 3 })
      #expect(ran.allSatisfy { $0.stage > .ocr })
      #expect(Set(ran).count == ran.count)
      #expect(Set(ran).isSuperset(of: [UnitID(.layout, .page(3)), UnitID(.assembly, .page(3))]))
      #expect(!ran.contains(UnitID(.figures, .page(3))))

      // The word is changed, and nothing else.
      for name in ["source.md", "source.txt"] {
        let old = String(decoding: try #require(results[name]), as: UTF8.self)
        let new = String(decoding: try #require(place.results()[name]), as: UTF8.self)
        #expect(Self.changed(old, new) == ["Plymouth>Zeebrugge"], "\(name)")
      }
      #expect(Self.changed(text, try await place.layer()) == ["Plymouth>Zeebrugge"])

      try await Self.expectTold(place)

      // Another resolution: the edit stands, the conflict is told everywhere.
      let rerun = try await place.sheaf(["rerun", "last", "--stage", "render", "--set", "render.dpi=100"])
      #expect(rerun.exit == 0, "\(rerun.errors)")
      #expect(rerun.errors.contains("sheaf resolve"))
      #expect(try await place.layer().contains("Zeebrugge"))
      let pins = try await place.sheaf(["pins", "last", "--json"], delivering: false).lines()
      #expect(pins.map { $0["conflict"] } == [true])
      #expect(pins.first?["why"] == "misread")
      #expect(try await place.sheaf(["jobs"], delivering: false).output.contains("completed, 1 conflict"))
      #expect(try await place.sheaf(["status", "last"], delivering: false).output.contains("sheaf resolve"))
      let shown = try await place.sheaf(["resolve", "last", "ocr", "3"], delivering: false)
      #expect(shown.exit == 0)
      #expect(shown.output.contains(#""Plymouth" → "Zeebrugge""#))
      #expect(shown.output.contains("--take-new"))
      let explained = try await place.sheaf(["explain", "last", "ocr", "3"], delivering: false)
      #expect(explained.output.contains("In conflict") && explained.output.contains("sheaf resolve"))
      #expect(try await place.sheaf(["fsck"], delivering: false).exit == 0)

      // Back at the first resolution there is no conflict, and without the pin everything is as it was.
      let back = try await place.sheaf(["rerun", "last", "--stage", "render", "--reset"])
      #expect(back.exit == 0, "\(back.errors)")
      seen = try await place.attempts().count
      let unpin = try await place.sheaf(["unpin", "last", "ocr", "3"])
      #expect(unpin.exit == 0, "\(unpin.errors)")
      #expect(try await place.attempts().count == seen)
      JobClaims.expectEqual(
        try await place.tree().filter { !$0.key.hasPrefix("history/") }, tree, "checkpoints")
      JobClaims.expectEqual(place.results(), results, "results")
      #expect(try await place.sheaf(["fsck"], delivering: false).exit == 0)
    }

    /// After the correction of the third page's word, everything that looks at a job sees the corrected one.
    private static func expectTold(_ place: SheafPlace) async throws {
      let diff = try await place.sheaf(["diff", "last", "--json"], delivering: false)
      let difference = try CanonicalDecoder().decode(JobDifference.self, from: Array(diff.output.utf8))
      #expect(difference.first == .ocr)
      let ocr = try #require(difference.stages.first)
      #expect(ocr.units.map(\.unit) == [UnitID(.ocr, .page(3))])
      #expect(ocr.units[0].pinned.new?.why == "misread" && ocr.units[0].pinned.old == nil)
      #expect(ocr.units[0].changes.map { [$0.old?.text, $0.new?.text] } == [["Plymouth", "Zeebrugge"]])
      #expect(difference.stages.flatMap(\.units).allSatisfy { $0.unit.page ?? 3 == 3 })
      let told = try await place.sheaf(["diff", "last"], delivering: false, environment: ["LC_ALL": "C.UTF-8"])
      #expect(told.output.contains("First difference: ocr"))
      #expect(told.output.contains("\"Plymouth\" → \"Zeebrugge\""))
      #expect(told.output.contains("pinned by ") && told.output.contains(": misread"))

      let back = try await place.sheaf(["trace", "last", "Zeebrugge", "--json"], delivering: false)
      let trace = try CanonicalDecoder().decode(Trace.self, from: Array(back.output.utf8))
      let match = try #require(trace.matches.first, "\(back.errors)")
      #expect(match.words.map(\.text) == ["Zeebrugge"] && match.words.map(\.page) == [3])
      #expect(match.readings.map(\.edited) == [true])

      let explained = try await place.sheaf(["explain", "last", "ocr", "3"], delivering: false)
      #expect(explained.output.contains("Pinned: ") && explained.output.contains(": misread"))
      #expect(explained.output.contains("still what was edited"))
      let below = try await place.sheaf(["explain", "last", "layout", "3"], delivering: false)
      #expect(below.output.contains("pinned"), "\(below.output)")
      #expect(try await place.sheaf(["fsck"], delivering: false).exit == 0)
    }

    @Test("is merged with another resolution where they do not touch, or refused with the places")
    func merge() async throws {
      let place = try SheafPlace()
      let run = try await place.sheaf(["run", Programs.fixture("scan8"), "--pages", "3", "--format", "txt"])
      try #require(run.exit == 0, "\(run.errors)")
      let words = try await place.payload("03-ocr/0003.json")["words"]?.array ?? []
      let index = try #require(words.firstIndex { $0["text"]?.string == "Plymouth" })
      let patch = try place.write(
        #"[{"op":"replace","path":"/words/\#(index)/text","value":"Zeebrugge"}]"#, as: "patch.json")
      try await place.sheaf(["edit", "last", "ocr", "3", "--patch", patch])
      try await place.sheaf(["rerun", "last", "--stage", "render", "--set", "render.dpi=100"])
      let newer = try #require(try await place.ledger().pins(of: place.job().manifest.id).first?.newer)
      let merged = try await place.sheaf(["resolve", "last", "ocr", "3", "--merge"])
      let pin = try #require(try await place.ledger().pins(of: place.job().manifest.id).first)
      if merged.exit == 0 {
        #expect(pin.newer == nil)
        #expect(pin.basedOn == newer)
        let now = try await place.payload("03-ocr/0003.json")["words"]?.array ?? []
        #expect(now.contains { $0["text"]?.string == "Zeebrugge" })
        #expect(now != words)
      } else {
        #expect(merged.errors.contains("merge_conflict"))
        #expect(merged.errors.contains("/words/"))
        #expect(pin.newer == newer)
      }
    }

    @Test("that is no checkpoint is refused with the place of each fault, and changes nothing")
    func faults() async throws {
      let place = try SheafPlace()
      try await place.sheaf(["run", Programs.fixture("hello")])
      let before = try await place.tree()
      let wrong: [(text: String, told: [String])] = [
        ("{", ["line 1, column 2"]), (#"{"words":[],"words":[]}"#, ["stands twice"]),
        (
          #"{"fonts":[],"languages":[],"passes":-1,"skew":0.123,"source":"recogniton","turn":0,"words":[{"text":3}]}"#,
          [
            "/passes: -1 is less than 0", "/skew: 0.123 has more than 2 decimals", "/source: \"recogniton\" is none of",
            "/words/0: lacks \"box\"", "/words/0/text: is an integer, not a string",
          ]
        ),
      ]
      for (text, told) in wrong {
        let file = try place.write(text, as: "edit.json")
        let end = try await place.sheaf(["edit", "last", "ocr", "1", "--file", file])
        #expect(end.exit == 1)
        #expect(end.errors.contains("[invalid_checkpoint]"))
        for words in told { #expect(end.errors.contains(words), "\(end.errors)") }
      }
      let patch = try place.write(#"[{"op":"test","path":"/words/0/text","value":"?"}]"#, as: "patch.json")
      let refused = try await place.sheaf(["edit", "last", "ocr", "1", "--patch", patch])
      #expect(refused.errors.contains("/words/0/text: is not what the patch tests for"))
      #expect(try await place.tree() == before)
      #expect(try await place.sheaf(["edit", "last", "export", "md", "--file", patch]).exit == 64)
    }

    @Test("in the editor is taken, or left as it is, or kept where it is faulty")
    func editor() async throws {
      let place = try SheafPlace()
      try await place.sheaf(["run", Programs.fixture("hello")])
      let word = try #require(try await place.payload("03-ocr/0001.json")["words"]?[0]?["text"]?.string)
      func edit(_ command: String) async throws -> ProgramEnd {
        try await place.sheaf(["edit", "last", "ocr", "1"], environment: ["EDITOR": command, "VISUAL": ""])
      }
      #expect(try await edit("true").errors.contains("nothing is changed"))
      let broken = try await edit("sed -i 0,/,/s///")
      #expect(broken.exit == 1)
      let kept = broken.errors.split(separator: "\n").first { $0.hasPrefix("The edit is kept at ") }
      let path = try #require(kept).dropFirst("The edit is kept at ".count)
      #expect(FileManager.default.fileExists(atPath: String(path)))
      try FileManager.default.removeItem(at: URL(fileURLWithPath: String(path)).deletingLastPathComponent())
      #expect(try await edit("false").exit == 64)
      #expect(try await edit("sed -i '0,/\"text\": \"\(word)\"/s//\"text\": \"Aloha\"/'").exit == 0)
      #expect(String(decoding: try #require(place.results()["source.md"]), as: UTF8.self).contains("Aloha"))
    }

    @Test("may be the file that a person put into the job's folder, and of a page's part touches that page alone")
    func adopted() async throws {
      let place = try SheafPlace()
      try await place.sheaf(["run", Programs.fixture("sample")])
      let file = place.data.job(try await place.job().manifest.id) + "/05-regions/0002.json"
      let original = try Data(contentsOf: URL(fileURLWithPath: file))
      let text = String(decoding: original, as: UTF8.self)
      let first = try #require(text.firstRange(of: #""kind":"paragraph""#))
      try FileManager.default.removeItem(atPath: file)
      try Data(text.replacingCharacters(in: first, with: #" "kind": "footnote""#).utf8)
        .write(to: URL(fileURLWithPath: file))
      let seen = try await place.attempts().count
      let edit = try await place.sheaf(["edit", "last", "regions", "2", "--adopt"])
      #expect(edit.exit == 0, "\(edit.errors)")
      let ran = try await place.attempts().dropFirst(seen).map(\.unit)
      #expect(ran.contains(UnitID(.assembly, .page(2))))
      #expect(ran.allSatisfy { $0.page == nil || $0.page == 2 } && ran.allSatisfy { $0.stage > .regions })
      let tree = try await place.tree()
      #expect(tree["history/05-regions/0002.1.json"] == original)
      let now = String(decoding: try #require(tree["05-regions/0002.json"]), as: UTF8.self)
      #expect(now.contains(#""kind":"footnote""#) && !now.contains(#""key""#))
      try await place.sheaf(["unpin", "last", "regions", "2"])
      #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == original)
    }

    @Test("has a history, from which each version comes back byte for byte, as many as are kept")
    func history() async throws {
      let place = try SheafPlace()
      try await place.sheaf(["run", Programs.fixture("hello"), "--keep", "3"])
      let original = try await place.tree()
      for title in ["One", "Two", "Three", "Four"] {
        let patch = try place.write(#"[{"op":"replace","path":"/words/0/text","value":"\#(title)"}]"#, as: "patch.json")
        let edit = try await place.sheaf(
          ["edit", "last", "ocr", "1", "--patch", patch, "--author", "ada", "--why", title, "--no-run"],
          delivering: false)
        #expect(edit.exit == 0, "\(edit.errors)")
      }
      #expect(try await place.job().manifest.state == .paused)
      let lines = try await place.sheaf(["history", "last", "ocr", "1", "--json"], delivering: false).lines()
      #expect(lines.map { $0["number"]?.int } == [2, 3, 4, nil])
      #expect(lines.map { $0["why"]?.string } == ["One", "Two", "Three", "Four"])
      #expect(lines.compactMap { $0["by"]?.string } == ["edit", "edit", "edit"])
      let two = try await place.tree()["history/03-ocr/0001.3.json"]
      let restore = try await place.sheaf(["restore", "last", "ocr", "1", "3"])
      #expect(restore.exit == 0, "\(restore.errors)")
      #expect(try await place.tree()["03-ocr/0001.json"] == two)
      #expect(String(decoding: try #require(place.results()["source.md"]), as: UTF8.self).contains("Two"))
      #expect(try await place.sheaf(["restore", "last", "ocr", "1", "9"]).exit == 1)
      // With no room for any, none is kept; the stage's own is there all the same.
      try await place.sheaf(["resume", "last", "--keep", "0"])
      #expect(try await place.tree().keys.filter { $0.hasPrefix("history/") } == [])
      try await place.sheaf(["unpin", "last", "ocr", "1"])
      #expect(try await place.tree() == original)
    }

    @Test("waits for nobody: where another works in the data folder it says who, and loses nothing")
    func owned() async throws {
      let place = try SheafPlace()
      try await place.sheaf(["run", Programs.fixture("hello")])
      let lock = try OwnerLock(
        place.data, owner: DataFolderOwner(id: "test", process: getpid(), program: "sheaf serve"))
      let before = try await place.tree()
      let edit = try await place.sheaf(
        ["edit", "last", "ocr", "1"],
        environment: ["EDITOR": #"sed -i '0,/"text": "[^"]*"/s//"text": "Aloha"/'"#, "VISUAL": ""])
      #expect(edit.exit == 1)
      #expect(edit.errors.contains("data_folder_owned") && edit.errors.contains("sheaf serve"))
      let advice = try #require(edit.errors.split(separator: "\n").first { $0.contains("apply it with: ") })
      let file = try #require(advice.split(separator: " ").last.map(String.init))
      #expect(try await place.tree() == before)
      withExtendedLifetime(lock) {}
      _ = consume lock
      let later = try await place.sheaf(["edit", "last", "ocr", "1", "--file", file])
      #expect(later.exit == 0, "\(later.errors)")
      #expect(String(decoding: try #require(place.results()["source.md"]), as: UTF8.self).contains("Aloha"))
      try FileManager.default.removeItem(at: URL(fileURLWithPath: file).deletingLastPathComponent())
    }

    /// The words that differ, as `old>new`; a text with more or fewer words is told as such.
    private static func changed(_ old: String, _ new: String) -> [String] {
      let (before, after) = (old.split(whereSeparator: \.isWhitespace), new.split(whereSeparator: \.isWhitespace))
      guard before.count == after.count else { return ["\(before.count) words>\(after.count) words"] }
      return zip(before, after).filter { $0 != $1 }.map { "\($0)>\($1)" }
    }
  }
}

extension SheafPlace {
  /// What stands in a checkpoint of the newest job.
  fileprivate func payload(_ path: String) async throws -> JSONValue {
    let bytes = try #require(try await tree()[path])
    return try #require(try CanonicalDecoder().decode(JSONValue.self, from: Array(bytes))["payload"])
  }

  /// The text of the searchable PDF, as pdftotext reads it.
  fileprivate func layer() async throws -> String {
    let end = try await ProgramRun(
      executable: "/usr/bin/pdftotext", arguments: ["-layout", out + "/source.pdf", "-"], folder: path
    ).end()
    return end.output
  }
}
