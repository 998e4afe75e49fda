import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import Ledger
import StageKit
import Testing

extension EndToEnd {
  @Suite("A hostile bundle")
  struct HostileBundleTests {
    @Test("is refused by name of what is wrong, and leaves nothing behind")
    func refused() async throws {
      let place = try SheafPlace()
      let document = try place.copy("hello", as: "hello.pdf")
      #expect(try await place.sheaf(["run", document]).exit == 0)
      let good = try await place.bundle("good").path
      let other = try SheafPlace()
      for attack in Attack.all {
        let path = try attack.make(good, place.path + "/attack.sheaf.tar.zst")
        let end = try await other.sheaf(["import", path], delivering: false)
        #expect(end.exit == 1, "\(attack.name): \(end.output)\(end.errors)")
        #expect(end.errors.contains("[bundle_invalid]"), "\(attack.name): \(end.errors)")
        #expect(end.errors.contains(attack.says), "\(attack.name): \(end.errors)")
        #expect(end.survivors == [])
        #expect(try await other.jobs().isEmpty, "\(attack.name)")
        #expect(try other.leftovers() == [], "\(attack.name)")
        #expect(SheafPlace.files(below: other.data.objects).isEmpty, "\(attack.name)")
        #expect(SheafPlace.files(below: other.data.documents).isEmpty, "\(attack.name)")
        #expect(!FileManager.default.fileExists(atPath: place.path + "/escaped"))
      }
      // What was attacked with its like still works.
      #expect(try await other.sheaf(["import", good], delivering: false).exit == 0)
    }

    struct Attack: Sendable {
      let name: String
      let says: String
      let make: @Sendable (_ good: String, _ path: String) throws -> String

      /// A good bundle whose archive is written otherwise than its manifest wants it.
      private static func archive(
        _ name: String, _ says: String, _ change: @escaping @Sendable (inout HostileBundle) -> Void
      ) -> Attack {
        Attack(name: name, says: says) { good, path in
          let editor = try BundleEditor(good)
          var bundle = HostileBundle()
          bundle.add("bundle.json", try CanonicalEncoder().encode(editor.manifest()))
          for (name, bytes) in editor.files.sorted(by: { $0.key < $1.key }) { bundle.add(name, bytes) }
          change(&bundle)
          return try bundle.write(to: path)
        }
      }

      /// A bundle whose digests are all right, and whose words are not.
      private static func words(
        _ name: String, _ says: String, _ change: @escaping @Sendable (BundleEditor) throws -> Void
      ) -> Attack {
        Attack(name: name, says: says) { good, path in
          let editor = try BundleEditor(good)
          try change(editor)
          return try editor.save(path)
        }
      }

      private static func manifest(_ name: String, _ says: String, _ text: String) -> Attack {
        Attack(name: name, says: says) { _, path in
          var bundle = HostileBundle()
          bundle.add("bundle.json", Array(text.utf8))
          return try bundle.write(to: path)
        }
      }

      private static let job = #""format":"sheaf.bundle/1","job":"0123456789""#
      private static let digest = "sha256:" + String(repeating: "0", count: 64)

      static let all = archives + manifests + contents

      private static let archives = [
        archive("a way out", "\"../escaped\"") { $0.entries[1].path = "../escaped" },
        archive("an absolute path", "\"/tmp/escaped\"") { $0.entries[1].path = "/tmp/escaped" },
        archive("a symbolic link", "no plain file") {
          $0.entries[2].type = 0o120000
          $0.entries[2].symbolicLink = "/etc/passwd"
          $0.entries[2].bytes = []
        },
        archive("a hard link", "no plain file") {
          $0.entries[2].hardLink = "bundle.json"
          $0.entries[2].bytes = []
        },
        archive("a folder", "where its manifest has") {
          $0.entries[2].type = 0o040000
          $0.entries[2].bytes = []
        },
        archive("a device", "no plain file") {
          $0.entries[2].type = 0o020000
          $0.entries[2].bytes = []
        },
        archive("a pipe", "no plain file") {
          $0.entries[2].type = 0o010000
          $0.entries[2].bytes = []
        },
        archive("a name twice", "where its manifest has") { $0.entries.insert($0.entries[1], at: 1) },
        archive("a file too many", "does not name") { $0.add("zz", [1]) },
        archive("a file too few", "missing") { $0.entries.removeLast() },
        archive("another order", "where its manifest has") { $0.entries.swapAt(1, 2) },
        archive("other bytes", "does not hold what its manifest says") { $0.entries[2].bytes[0] ^= 1 },
        archive("fewer bytes", "another length") { $0.entries[2].bytes.removeLast() },
        archive("more bytes", "another length") { $0.entries[2].bytes.append(0) },
        archive("no compression", "no tar archive") { $0.isCompressed = false },
        archive("no manifest", "does not begin with a manifest") { $0.entries.removeFirst() },
        Attack(name: "an early end", says: "damaged or cut short") { good, path in
          let bytes = FileManager.default.contents(atPath: good) ?? Data()
          try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
          return path
        },
        Attack(name: "random bytes", says: "bundle cannot be used") { _, path in
          let bytes = [0x28, 0xB5, 0x2F, 0xFD] + (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) }
          try Data(bytes).write(to: URL(fileURLWithPath: path))
          return path
        },
        // 300 MB of zeros in some 10 kB, in the place of the manifest.
        Attack(name: "a bomb for a manifest", says: "manifest is too long") { _, path in
          var bundle = HostileBundle()
          bundle.add("bundle.json", [UInt8](repeating: 0, count: 300 << 20))
          return try bundle.write(to: path)
        },
      ]

      private static let manifests = [
        manifest("no JSON", "manifest cannot be read", "{"),
        manifest("deep JSON", "manifest cannot be read", String(repeating: "[", count: 100_000)),
        manifest("another format", "has the format", #"{"files":[],"format":"x","job":"0123456789"}"#),
        manifest("nothing in it", "lacks job.json", #"{"files":[],\#(job)}"#),
        manifest(
          "a name that leads out", "manifest cannot be read",
          #"{"files":[{"digest":"\#(digest)","length":1,"path":"objects/../../x"}],\#(job)}"#),
        manifest(
          "a negative length", "would unpack to more",
          #"{"files":[{"digest":"\#(digest)","length":-1,"path":"job.json"}],\#(job)}"#),
        manifest(
          "more bytes than there are disks for", "would unpack to more",
          #"{"files":[{"digest":"\#(digest)","length":9223372036854775807,"path":"job.json"},"#
            + #"{"digest":"\#(digest)","length":9223372036854775807,"path":"ledger.json"}],\#(job)}"#),
        manifest(
          "a name twice in the manifest", "out of order or twice",
          #"{"files":[{"digest":"\#(digest)","length":1,"path":"job.json"},"#
            + #"{"digest":"\#(digest)","length":1,"path":"job.json"}],\#(job)}"#),
      ]

      private static let contents = [
        words("a key that is not its recipe's", "does not fit its row") { editor in
          let path = try editor.object(of: "ocr/1")
          var text = String(decoding: editor.files[path] ?? [], as: UTF8.self)
          text = text.replacingOccurrences(of: #""minimumConfidence":0"#, with: #""minimumConfidence":1"#)
          try editor.replaceObject(of: "ocr/1", with: Array(text.utf8))
        },
        words("a row that lies about a content", "not sound") { editor in
          try editor.relabel("ocr/1") { record in
            CheckpointRecord(
              unit: record.unit, content: Digest(of: [1, 2, 3]), file: record.file, files: record.files)
          }
        },
        words("an object that nobody needs", "nothing in it refers to") { editor in
          let bytes: [UInt8] = [1, 2, 3]
          editor.files[BundlePath(object: Digest(of: bytes)).text] = bytes
        },
        words("another document", "lacks the document") { editor in
          let old = editor.files.keys.first { $0.hasPrefix("documents/") } ?? ""
          editor.files[old] = nil
          let bytes = Array("other".utf8)
          editor.files[BundlePath(document: Digest(of: bytes)).text] = bytes
        },
        words("a checkpoint less", "lacks a file") { editor in editor.files[try editor.object(of: "layout/1")] = nil },
        words("a priority that nothing is compared with", "none that a job can have") { editor in
          try editor.replace(#""priority":0"#, by: #""priority":-9223372036854775808"#)
        },
        words("pages before the first", "job.json") { editor in
          try editor.replace(
            #""priority":0"#, by: #""pages":{"spans":[{"first":-9223372036854775808,"last":3}]},"priority":0"#)
        },
        words("a job that is at work", "not of this job") { editor in
          let text = String(decoding: editor.files["job.json"] ?? [], as: UTF8.self)
          editor.files["job.json"] = Array(
            text.replacingOccurrences(of: #""state":"completed""#, with: #""state":"running""#).utf8)
        },
      ]
    }
  }
}

extension BundleEditor {
  /// Changes what job.json says.
  func replace(_ old: String, by new: String) throws {
    let text = String(decoding: files["job.json"] ?? [], as: UTF8.self)
    try #require(text.contains(old), "\(text)")
    files["job.json"] = Array(text.replacingOccurrences(of: old, with: new).utf8)
  }

  func object(of name: String) throws -> String { BundlePath(object: try artifact(name).checkpoint.file.digest).text }

  /// Puts other bytes in the place of a unit's checkpoint, its row following but for key and content.
  func replaceObject(of name: String, with bytes: [UInt8]) throws {
    files[try object(of: name)] = nil
    let digest = Digest(of: bytes)
    files[BundlePath(object: digest).text] = bytes
    try relabel(name) { record in
      CheckpointRecord(
        unit: record.unit, content: record.content,
        file: FileRecord(name: record.file.name, digest: digest, length: bytes.count), files: record.files)
    }
  }
}
