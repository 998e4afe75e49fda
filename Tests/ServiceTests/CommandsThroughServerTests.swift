import CanonicalJSON
import Foundation
import TestSupport
import Testing

@testable import Service

/// The command line beside a server that has the data folder.
@Suite("Commands through a server", .serialized, .timeLimit(.minutes(10)))
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
      (["edit", "last", "ocr", "1", "--patch", patch, "--keep", "3", "--author", "Adá"], true),
      (["rerun", "last", "--stage", "ocr", "--set", "ocr.mode=always", "--keep", "5"], true),
      (["pins", "last"], false), (["resolve", "last", "ocr", "1"], false),
      (["resolve", "last", "ocr", "1", "--merge"], true), (["resolve", "last", "ocr", "1", "--keep"], true),
      (["pins", "last"], false), (["resolve", "last", "ocr", "1", "--keep"], true),
      (["rerun", "last", "--stage", "ocr", "--reset"], true),
      (["resolve", "last", "ocr", "1", "--take-new"], true), (["history", "last", "ocr", "1"], false),
      (["resume", "last", "--keep", "0"], true), (["history", "last", "ocr", "1"], false),
      (["export", "last", "--bundle", "--out", place.folder.path + "/packed.tar.zst"], false),
      (["import", place.folder.path + "/packed.tar.zst"], false),
      (["delete", "last", "--yes"], false), (["import", place.folder.path + "/packed.tar.zst", "--json"], false),
      (["import", place.folder.path + "/packed.tar.zst", "--new-id"], false),
      (["import", place.folder.path + "/hello.pdf"], false), (["import", place.folder.path + "/none"], false),
      (["status", "last"], false), (["run", place.folder.path + "/hello.pdf", "--keep", "2"], true),
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

  @Test("more jobs than one connection may name are watched to their ends, and all results fetched")
  func many() async throws {
    let place = try Place()
    let server = try await ServerProcess(data: place.data)
    let names = (0...ProgressLimits().subscriptions).map { "hello-\($0)" }
    for name in names {
      try FileManager.default.copyItem(
        atPath: EngineBench.fixture("hello"), toPath: "\(place.folder.path)/\(name).pdf")
    }
    let run = try await place.run(["run"] + names.map { "\(place.folder.path)/\($0).pdf" } + ["--format", "txt"])
    #expect(run.status == 0, "\(run.errors)")
    let files = try FileManager.default.contentsOfDirectory(atPath: place.out)
    #expect(Set(files) == Set(names.map { $0 + ".txt" }))
    #expect(try await server.stop() == 0)
  }

  @Test("what only the owner of the folder can do says who that is")
  func refused() async throws {
    let place = try Place()
    let server = try await ServerProcess(data: place.data)
    _ = try await place.run(["run", place.folder.path + "/hello.pdf"])
    for arguments in [["gc"], ["fsck", "--repair"]] {
      let run = try await place.run(arguments, delivers: false)
      #expect(run.status == 1, "\(arguments)")
      #expect(run.errors.contains("data_folder_owned") && run.errors.contains("sheaf serve"), "\(run.errors)")
    }
    #expect(try await server.stop() == 0)
  }

  @Test("a file that was put in a checkpoint's place is taken over through the server as without it")
  func adopted() async throws {
    var told: [[String]] = []
    for isServed in [false, true] {
      let place = try Place()
      let server = isServed ? try await ServerProcess(data: place.data) : nil
      _ = try await place.run(["run", place.folder.path + "/hello.pdf"])
      let job = try #require(try FileManager.default.contentsOfDirectory(atPath: place.data + "/jobs").first)
      let file = URL(fileURLWithPath: "\(place.data)/jobs/\(job)/03-ocr/0001.json")
      let text = try String(contentsOf: file, encoding: .utf8).replacing("Reader", with: "There")
      try FileManager.default.removeItem(at: file)
      try text.write(to: file, atomically: true, encoding: .utf8)
      let edit = try await place.run(["edit", "last", "ocr", "1", "--adopt", "--author", "ann"])
      #expect(edit.status == 0, "\(edit.errors)")
      let pins = try await place.run(["pins", "last"], delivers: false)
      told.append(place.told(edit) + place.told(pins))
      let markdown = try String(contentsOfFile: place.out + "/hello.md", encoding: .utf8)
      #expect(markdown.contains("There"))
      // It is the engine's own file now, which nobody can write to by accident.
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      #expect(mode == 0o400 || mode == 0o444)
      if let server { #expect(try await server.stop() == 0) }
    }
    #expect(told[0] == told[1])
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
