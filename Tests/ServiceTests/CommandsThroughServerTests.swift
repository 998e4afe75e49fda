import CanonicalJSON
import Foundation
import TestSupport
import Testing

@testable import Service

/// The command line beside a server that has the data folder.
@Suite("Commands through a server", .serialized, .timeLimit(.minutes(4)))
struct CommandsThroughServerTests {
  /// A data folder with a document, and what commands said over it.
  private struct Place {
    let folder: TemporaryFolder
    var data: String { folder.path + "/data" }
    var out: String { folder.path + "/out" }

    init() throws {
      folder = try TemporaryFolder()
      try FileManager.default.copyItem(
        atPath: EngineBench.fixture("hello"), toPath: folder.path + "/hello.pdf")
    }

    func write(_ text: String, as name: String) throws -> String {
      try text.write(toFile: folder.path + "/" + name, atomically: true, encoding: .utf8)
      return folder.path + "/" + name
    }

    /// - Parameter delivers: whether the command takes `--out` and `--progress`.
    func run(_ arguments: [String], delivers: Bool = true) async throws -> CommandRun {
      let delivery = delivers ? ["--out", out, "--progress", "none"] : []
      return try await CommandRun(arguments + delivery + ["--data", data])
    }

    /// What a run said, without what differs from folder to folder and from run to run.
    func told(_ run: CommandRun) -> [String] {
      [run.output, run.errors].map { text in
        var text = text.replacing(folder.path, with: "PLACE")
        text.replace(#/\b[0-9a-hjkmnp-tv-z]{10}\b/#, with: "JOB")
        text.replace(#/\d+(\.\d+)? ?(ms|s|min)\b/#, with: "TIME")
        text.replace(#/\d+(\.\d+)? MB\b/#, with: "MEMORY")
        text.replace(#/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?/#, with: "MOMENT")
        // Columns are as wide as their times.
        text.replace(#/ {2,}/#, with: "  ")
        return text
      } + ["exit \(run.status)"]
    }
  }

  private static func steps(_ place: Place) throws -> [(arguments: [String], delivers: Bool)] {
    let patch = try place.write(#"[{"op":"replace","path":"/words/0/text","value":"Hullo"}]"#, as: "patch.json")
    let second = try place.write(#"[{"op":"replace","path":"/words/0/text","value":"Hallo"}]"#, as: "second.json")
    let wrong = try place.write(#"{"words":7}"#, as: "wrong.json")
    return [
      (["run", place.folder.path + "/hello.pdf", "--format", "md,txt"], true),
      (["jobs"], false), (["status", "last"], false),
      (["status", "last", "--follow"], false),
      (["edit", "last", "ocr", "1", "--patch", patch, "--why", "misread", "--author", "Adá"], true),
      (["pins", "last"], false),
      (["edit", "last", "ocr", "1", "--patch", patch], true),
      (["edit", "last", "ocr", "1", "--file", wrong], true),
      (["edit", "last", "ocr", "1", "--patch", second, "--no-run", "--author", "bob"], true),
      (["resume", "last"], true),
      (["history", "last", "ocr", "1"], false),
      (["export", "last", "--format", "md,html"], true),
      (["restore", "last", "ocr", "1", "2", "--author", "eve"], true),
      (["restore", "last", "ocr", "1", "77"], true),
      (["unpin", "last", "ocr", "1"], true), (["unpin", "last", "ocr", "1"], true), (["pins", "last"], false),
      (["rerun", "last", "--stage", "ocr", "--force"], true),
      (["rerun", "last", "--stage", "ocr", "--set", "ocr.langages=deu"], true),
      (["rerun", "last", "--stage", "export", "--dry-run"], true),
      (["search", "hello"], false), (["cancel", "last"], false), (["explain", "last", "sections"], false),
      (["delete", "last", "--yes"], false), (["status", "last"], false),
    ]
  }

  @Test("every command says and leaves the same as without a server")
  func same() async throws {
    let (alone, served) = (try Place(), try Place())
    let server = try await ServerProcess(data: served.data)
    for (step, (mine, its)) in zip(try Self.steps(alone), try Self.steps(served)).enumerated() {
      let first = try await alone.run(mine.arguments, delivers: mine.delivers)
      let second = try await served.run(its.arguments, delivers: its.delivers)
      #expect(alone.told(first) == served.told(second), "step \(step): \(mine.arguments)")
      let files = try FileManager.default.contentsOfDirectory(atPath: alone.out).sorted()
      #expect(try FileManager.default.contentsOfDirectory(atPath: served.out).sorted() == files)
      for file in files {
        let contents = [alone, served].map { FileManager.default.contents(atPath: $0.out + "/" + file) }
        #expect(contents[0] == contents[1], "step \(step): \(file)")
      }
    }
    #expect(try await server.stop() == 0)
  }

  @Test("what only the owner of the folder can do says who that is")
  func refused() async throws {
    let place = try Place()
    let server = try await ServerProcess(data: place.data)
    _ = try await place.run(["run", place.folder.path + "/hello.pdf"])
    let bundle = place.folder.path + "/a.sheaf"
    let packed = try await CommandRun(["export", "last", "--bundle", "--out", bundle, "--data", place.data])
    #expect(packed.status == 0, "\(packed.errors)")
    for arguments in [["import", bundle], ["gc"], ["fsck", "--repair"]] {
      let run = try await place.run(arguments, delivers: false)
      #expect(run.status == 1, "\(arguments)")
      #expect(run.errors.contains("data_folder_owned") && run.errors.contains("sheaf serve"), "\(run.errors)")
    }
    let kept = try await place.run(["run", place.folder.path + "/hello.pdf", "--keep", "3"])
    #expect(kept.status == 64)
    #expect(kept.errors.contains("--keep"), "\(kept.errors)")
    #expect(try await server.stop() == 0)
  }

  @Test("a document's password goes to the server, whatever its letters; a key that may not do it is told so")
  func password() async throws {
    let place = try Place()
    let server = try await ServerProcess(data: place.data)
    let wrong = try place.write("öffne dich 100%\n", as: "wrong")
    let right = try place.write("sesame\n", as: "right")
    let paused = try await place.run(["run", EngineBench.fixture("encrypted")])
    #expect(paused.status == 1)
    #expect(paused.errors.contains("--password-file"), "\(paused.errors)")
    let refused = try await place.run(["run", EngineBench.fixture("encrypted"), "--password-file", wrong])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("password_wrong"), "\(refused.errors)")
    let taken = try await place.run(["run", EngineBench.fixture("encrypted"), "--password-file", right])
    #expect(taken.status == 0, "\(taken.errors)")
    #expect(try await server.stop() == 0)

    let guarded = try await ServerProcess(data: place.data, ["--set", "auth.mode=required"])
    let url = "http://\(guarded.address)"
    let hello = place.folder.path + "/hello.pdf"
    let without = try await CommandRun(["run", hello, "--server", url, "--out", place.out])
    #expect(without.status == 1)
    #expect(without.errors.contains("[unauthorized]"), "\(without.errors)")
    let reader = try await CommandRun(["keys", "add", "ann", "--role", "read", "--data", place.data])
    let key = ["SHEAF_API_KEY": reader.output.trimmingCharacters(in: .whitespacesAndNewlines)]
    let read = try await CommandRun(["run", hello, "--server", url, "--out", place.out], environment: key)
    #expect(read.status == 1)
    #expect(read.errors.contains("[forbidden]"), "\(read.errors)")
    #expect(try await guarded.stop() == 0)
  }
}
