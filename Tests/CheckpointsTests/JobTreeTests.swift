import CanonicalJSON
import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("A job's tree")
struct JobTreeTests {
  let place: Workplace
  let tree: JobTree
  let unit = UnitID(.ocr, .page(7))
  var file: TreeFile { TreeFile(checkpointOf: unit) }

  init() throws {
    place = try Workplace()
    tree = JobTree(try #require(JobID("0123456789")), in: place.data)
  }

  func manifest(_ state: JobState) -> JobManifest {
    JobManifest(
      id: tree.job, name: "a ∕ b.pdf", source: Digest(sample: "source"), sourceLength: 10, settings: JobSettings(),
      state: state, owner: "", created: "2026-01-01T00:00:00Z")
  }

  @Test(
    "files stand where people look for them",
    arguments: [
      ("ocr/7", "03-ocr/0007.json", "history/03-ocr/0007.2.json"),
      ("regions", "05-regions/document.json", "history/05-regions/document.2.json"),
      ("regions/7", "05-regions/0007.json", "history/05-regions/0007.2.json"),
      ("export/md", "15-export/md.json", "history/15-export/md.2.json"),
      ("ocr/12345", "03-ocr/12345.json", "history/03-ocr/12345.2.json"),
    ])
  func names(unit: String, path: String, history: String) throws {
    let file = TreeFile(checkpointOf: try #require(UnitID(unit)))
    #expect(file.path == path)
    #expect(file.historyPath(2) == history)
  }

  @Test("job.json is read as it was written, and another job's is refused")
  func jobFile() throws {
    #expect(try tree.manifest() == nil)
    try tree.write(manifest(.running))
    try tree.write(manifest(.completed))
    #expect(try tree.manifest() == manifest(.completed))
    #expect(try JobTree.jobs(in: place.data) == [tree.job])
    let other = JobTree(try #require(JobID("abcdefghjk")), in: place.data)
    try other.create()
    try place.write(place.text(at: tree.path + "/job.json"), to: other.path + "/job.json")
    #expect(try code { _ = try other.manifest() } == .checkpointCorrupt)
    try place.write("{", to: other.path + "/job.json")
    #expect(try code { _ = try other.manifest() } == .checkpointCorrupt)
  }

  @Test("an object is linked at its place once, and costs no room")
  func linked() throws {
    let object = try place.object("first")
    let never: (Digest) -> Bool = { _ in false }
    #expect(try tree.status(of: file, expected: object, known: never) == .missing)
    #expect(try tree.place(object, at: file, history: nil, known: never) == .placed)
    #expect(FileIdentity(tree.path(of: file)) == FileIdentity(place.objects.path(of: object.digest)))
    #expect(try tree.status(of: file, expected: object, known: never) == .current)
    #expect(try tree.place(object, at: file, history: nil, known: never) == .unchanged)
    let raster = try TreeFile("md/document.md", of: UnitID(.export, .format("md")))
    #expect(try tree.place(object, at: raster, history: nil, known: never) == .placed)
    #expect(try place.text(at: tree.path + "/15-export/md/document.md") == "first")
  }

  @Test("what a rerun replaced goes to the history, under the number the ledger gave")
  func history() throws {
    let objects = try (1...3).map { try place.object("version \($0)") }
    let known = Set(objects.map(\.digest)).contains
    #expect(try tree.place(objects[0], at: file, history: nil, known: known) == .placed)
    #expect(try tree.status(of: file, expected: objects[1], known: known) == .stale)
    #expect(try tree.place(objects[1], at: file, history: 1, known: known) == .placed)
    #expect(try tree.place(objects[2], at: file, history: 2, known: known) == .placed)
    #expect(try place.text(at: tree.path(of: file)) == "version 3")
    #expect(try place.text(at: tree.path + "/history/03-ocr/0007.1.json") == "version 1")
    #expect(try place.text(at: tree.path + "/history/03-ocr/0007.2.json") == "version 2")
    // The same step again, as after a crash before the ledger heard of it.
    #expect(try tree.place(objects[2], at: file, history: 2, known: known) == .unchanged)
    #expect(try place.names(in: tree.path + "/03-ocr") == ["0007.json"])
  }

  @Test("a replaced file whose content is the same leaves no history")
  func noHistory() throws {
    let objects = try (1...2).map { try place.object("key \($0)") }
    let known = Set(objects.map(\.digest)).contains
    _ = try tree.place(objects[0], at: file, history: nil, known: known)
    #expect(try tree.place(objects[1], at: file, history: nil, known: known) == .placed)
    #expect(try place.names(in: tree.path) == ["03-ocr"])
    #expect(try place.names(in: tree.path + "/03-ocr") == ["0007.json"])
  }

  @Test("a crash between history and link is made good by the same step")
  func crashBetween() throws {
    let objects = try (1...2).map { try place.object("version \($0)") }
    let known = Set(objects.map(\.digest)).contains
    _ = try tree.place(objects[0], at: file, history: nil, known: known)
    try FileManager.default.createDirectory(atPath: tree.path + "/history/03-ocr", withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: tree.path(of: file), toPath: tree.path + "/history/03-ocr/0007.1.json")
    #expect(try tree.place(objects[1], at: file, history: 1, known: known) == .placed)
    #expect(try place.text(at: tree.path(of: file)) == "version 2")
    #expect(try place.text(at: tree.path + "/history/03-ocr/0007.1.json") == "version 1")
  }

  @Test("a person's file is found and kept, whether they replaced ours or wrote into it", arguments: [false, true])
  func strange(inPlace: Bool) throws {
    let object = try place.object("ours")
    let known: (Digest) -> Bool = { $0 == object.digest }
    _ = try tree.place(object, at: file, history: nil, known: known)
    if inPlace {
      // An editor that writes through the link damages the object, too; that is found at its next reading.
      chmod(tree.path(of: file), 0o600)
      try place.write("the person's", to: tree.path(of: file))
      #expect(try !place.objects.isSound(object.digest, length: object.length))
      try place.objects.put([try place.attempt("ours")])
    } else {
      try FileManager.default.removeItem(atPath: tree.path(of: file))
      try place.write("the person's", to: tree.path(of: file))
    }
    #expect(try tree.status(of: file, expected: object, known: known) == .strange)
    #expect(try tree.place(object, at: file, history: 1, known: known) == .kept)
    #expect(try tree.withdraw(file, history: 1, known: known) == .kept)
    #expect(try place.text(at: tree.path(of: file)) == "the person's")
    #expect(try place.objects.isSound(object.digest, length: object.length))
  }

  @Test("a link, a folder or a pipe in a file's place is a person's, and is neither followed nor waited for")
  func strangeKinds() throws {
    let object = try place.object("ours")
    try tree.create()
    try FileManager.default.createDirectory(atPath: tree.path + "/03-ocr", withIntermediateDirectories: true)
    let target = tree.path(of: file)
    let makers: [() throws -> Void] = [
      {
        try FileManager.default.createSymbolicLink(
          atPath: target, withDestinationPath: place.objects.path(of: object.digest))
      },
      { try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false) },
      { #expect(mkfifo(target, 0o600) == 0) },
    ]
    for make in makers {
      try make()
      #expect(try tree.place(object, at: file, history: nil, known: { _ in true }) == .kept)
      try FileManager.default.removeItem(atPath: target)
    }
  }

  @Test("a stage's folder that was replaced by a link leads nowhere")
  func linkedFolder() throws {
    let object = try place.object("ours")
    let outside = place.temporary.path + "/outside"
    try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: false)
    try tree.create()
    try FileManager.default.createSymbolicLink(atPath: tree.path + "/03-ocr", withDestinationPath: outside)
    #expect(
      try code { _ = try tree.place(object, at: file, history: nil, known: { _ in true }) } == .dataFolderUnusable)
    #expect(try place.names(in: outside) == [])
  }

  @Test("where a link cannot be made, a copy stands, and counts as current", .enabled(if: SmallDisk.isPossible))
  func copies() throws {
    let disk = try SmallDisk(bytes: 1 << 20)
    try tree.create()
    // The stage's folder on another file system: linking fails with EXDEV.
    try FileManager.default.createDirectory(atPath: tree.path + "/03-ocr", withIntermediateDirectories: false)
    #expect(mount(disk.path, tree.path + "/03-ocr", nil, UInt(MS_BIND), nil) == 0)
    defer { umount2(tree.path + "/03-ocr", Int32(MNT_DETACH)) }
    let object = try place.object("ours")
    #expect(try tree.place(object, at: file, history: nil, known: { _ in false }) == .placed)
    #expect(try place.text(at: tree.path(of: file)) == "ours")
    #expect(FileIdentity(tree.path(of: file)) != FileIdentity(place.objects.path(of: object.digest)))
    #expect(try tree.status(of: file, expected: object, known: { _ in false }) == .current)
    #expect(try tree.place(object, at: file, history: nil, known: { _ in false }) == .unchanged)
    #expect(try place.names(in: tree.path + "/03-ocr") == ["0007.json"])
  }

  @Test("a file that a rerun did not make again is withdrawn")
  func withdraw() throws {
    let object = try place.object("figure")
    let figure = try TreeFile("0007-figure-02.png", of: unit)
    _ = try tree.place(object, at: figure, history: nil, known: { _ in true })
    #expect(try tree.withdraw(figure, history: nil, known: { $0 == object.digest }) == .placed)
    #expect(try tree.withdraw(figure, history: nil, known: { $0 == object.digest }) == .unchanged)
    #expect(try place.names(in: tree.path + "/03-ocr") == [])
    #expect(try place.objects.isSound(object.digest, length: object.length))
  }

  @Test("removing a job follows no link and leaves the objects")
  func remove() throws {
    let object = try place.object("ours")
    try tree.write(manifest(.completed))
    _ = try tree.place(object, at: file, history: nil, known: { _ in true })
    try FileManager.default.createSymbolicLink(
      atPath: tree.path + "/03-ocr/out", withDestinationPath: place.data.objects)
    try tree.remove()
    try tree.remove()
    #expect(!FileManager.default.fileExists(atPath: tree.path))
    #expect(try place.objects.isSound(object.digest, length: object.length))
  }

  @Test("a pin is read as it was written, until it is removed")
  func pins() throws {
    let envelope = CheckpointEnvelope(unit: unit, version: 1, source: Digest(sample: "source"), options: [:])
    let record = try place.checkpoint(envelope, Note(text: "edited").bytes).record
    let pin = PinRecord(
      checkpoint: record, basedOn: Digest(sample: "before"), author: "me", created: "2026-01-01T00:00:00Z")
    #expect(try tree.pins() == [])
    try tree.write(pin)
    #expect(tree.pinPath(of: unit) == tree.path + "/pins/03-ocr-0007.json")
    #expect(try tree.pins() == [pin])
    try tree.removePin(of: unit)
    try tree.removePin(of: unit)
    #expect(try tree.pins() == [])
  }
}
