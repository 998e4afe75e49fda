import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

@Suite("Handing a result to the user")
struct DeliveryTests {
  let place: Workplace
  let out: String

  init() throws {
    place = try Workplace()
    out = place.temporary.path + "/out.md"
  }

  @Test("the file is a copy of the object, writable, in place of what was there")
  func copy() throws {
    let object = try place.object("# Title")
    try place.write("old", to: out)
    try Delivery(input: nil).copy(object.digest, from: place.objects, to: out)
    #expect(try place.text(at: out) == "# Title")
    #expect(FileIdentity(out) != FileIdentity(place.objects.path(of: object.digest)))
    #expect(access(out, W_OK) == 0)
    #expect(try place.names(in: place.temporary.path) == ["data", "out.md"])
  }

  @Test("what a killed delivery left goes with the next one; what another writes stays, and so do strange files")
  func leftovers() throws {
    let object = try place.object("# Title")
    let folder = place.temporary.path + "/results"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // Linux gives no such number to a process.
    let gone = Int32.max - 1
    for name in [".sheaf-\(gone)-3", ".sheaf-\(getpid())-9999", ".sheaf-x-1", ".sheaf-\(gone)-3-bak"] {
      try place.write("half", to: folder + "/" + name)
    }
    try Delivery(input: nil).copy(object.digest, from: place.objects, to: folder + "/out.md")
    #expect(
      try place.names(in: folder)
        == [".sheaf-\(getpid())-9999", ".sheaf-\(gone)-3-bak", ".sheaf-x-1", "out.md"].sorted())
  }

  @Test(
    "the user's own document is never written over, by whatever name",
    arguments: ["in.pdf", "hard.pdf", "soft.pdf", "./in.pdf"])
  func inputIsKept(name: String) throws {
    let folder = place.temporary.path
    try place.write("document", to: folder + "/in.pdf")
    #expect(link(folder + "/in.pdf", folder + "/hard.pdf") == 0)
    #expect(symlink(folder + "/in.pdf", folder + "/soft.pdf") == 0)
    let object = try place.object("result")
    let delivery = Delivery(input: folder + "/in.pdf")
    #expect(
      try code { try delivery.copy(object.digest, from: place.objects, to: folder + "/" + name) } == .outputIsInput)
    #expect(try place.text(at: folder + "/in.pdf") == "document")
  }

  @Test("a damaged object is not handed over, and the old file stays")
  func damaged() throws {
    let object = try place.object("result")
    chmod(place.objects.path(of: object.digest), 0o600)
    try place.write("resulT", to: place.objects.path(of: object.digest))
    try place.write("old", to: out)
    let delivery = Delivery(input: nil)
    #expect(try code { try delivery.copy(object.digest, from: place.objects, to: out) } == .checkpointCorrupt)
    #expect(try place.text(at: out) == "old")
    #expect(try place.names(in: place.temporary.path) == ["data", "out.md"])
  }

  @Test("a pipe is written to as it is")
  func pipe() throws {
    let object = try place.object("through a pipe")
    let pipe = Pipe()
    let path = "/proc/self/fd/\(pipe.fileHandleForWriting.fileDescriptor)"
    try Delivery(input: nil).copy(object.digest, from: place.objects, to: path)
    pipe.fileHandleForWriting.closeFile()
    #expect(pipe.fileHandleForReading.readDataToEndOfFile() == Data("through a pipe".utf8))
  }

  @Test("a folder in its place is an error")
  func folder() throws {
    let object = try place.object("result")
    let delivery = Delivery(input: nil)
    #expect(try code { try delivery.copy(object.digest, from: place.objects, to: place.data.path) } == .inputOutput)
  }
}
