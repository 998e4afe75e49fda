import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

@Suite("Documents as received")
struct DocumentFolderTests {
  let place: Workplace
  var documents: DocumentFolder { DocumentFolder(place.data) }

  init() throws { place = try Workplace() }

  func take(_ bytes: [UInt8], limit: Int = .max) throws -> ReceivedDocument {
    let descriptor = try TemporaryFile.anonymous()
    defer { close(descriptor) }
    try bytes.withUnsafeBytes { try TemporaryFile.write($0, to: descriptor) }
    return try documents.take(from: descriptor, owner: place.owner, limit: limit)
  }

  @Test("a document is stored under its digest and once, however often it comes", arguments: [1, 1 << 20, 3_000_001])
  func take(length: Int) throws {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let document = try take(bytes)
    #expect(document == ReceivedDocument(digest: Digest(of: bytes), length: length))
    let before = FileIdentity(place.data.document(document.digest))
    #expect(try take(bytes) == document)
    #expect(FileIdentity(place.data.document(document.digest)) == before)
    #expect(try documents.open(document.digest).bytes() == bytes)
    #expect(try place.names(in: place.data.temporary(of: place.owner)) == [])
  }

  @Test("one byte too many is refused, the last one allowed is not")
  func limit() throws {
    #expect(try take(Array(repeating: 1, count: 1000), limit: 1000).length == 1000)
    #expect(try code { _ = try take(Array(repeating: 2, count: 1001), limit: 1000) } == .fileTooLarge)
    #expect(try place.names(in: place.data.documents).count == 1)
    #expect(try place.names(in: place.data.temporary(of: place.owner)) == [])
  }

  @Test("an empty document is refused")
  func empty() throws {
    #expect(try code { _ = try take([]) } == .emptyFile)
  }

  @Test("a pipe that comes in pieces is read to its end, even where it does not block")
  func pipe() throws {
    let pipe = Pipe()
    let reading = pipe.fileHandleForReading.fileDescriptor
    #expect(fcntl(reading, F_SETFL, O_NONBLOCK) == 0)
    let writer = Thread {
      for piece in ["one ", "two ", "three"] {
        pipe.fileHandleForWriting.write(Data(piece.utf8))
        usleep(2000)
      }
      pipe.fileHandleForWriting.closeFile()
    }
    writer.start()
    let document = try documents.take(from: reading, owner: place.owner, limit: 100)
    #expect(document.digest == Digest(of: "one two three".utf8))
  }

  @Test("a document that was damaged on the disk is healed when it comes again")
  func heal() throws {
    let document = try take(Array("document".utf8))
    chmod(place.data.document(document.digest), 0o600)
    try place.write("damaged!", to: place.data.document(document.digest))
    #expect(try !documents.isSound(document))
    #expect(try take(Array("document".utf8)) == document)
    #expect(try documents.isSound(document))
    #expect(try place.names(in: place.data.quarantine).count == 1)
  }

  @Test("a document that is not there is said to be missing")
  func missing() throws {
    #expect(try code { _ = try documents.open(Digest(sample: "none")) } == .inputNotFound)
  }

  @Test("a disk that fills up leaves nothing behind and may be tried again", .enabled(if: SmallDisk.isPossible))
  func fullDisk() throws {
    let disk = try SmallDisk(bytes: 4 << 20)
    let data = DataFolder(disk.path + "/data")
    try data.create()
    try data.sweepTemporary(for: "A")
    let descriptor = try TemporaryFile.anonymous()
    defer { close(descriptor) }
    try [UInt8](repeating: 7, count: 8 << 20).withUnsafeBytes { try TemporaryFile.write($0, to: descriptor) }
    let failure = #expect(throws: StageFailure.self) {
      _ = try DocumentFolder(data).take(from: descriptor, owner: "A", limit: .max)
    }
    #expect(failure?.code == .outOfDisk)
    #expect(failure?.retryable == true)
    #expect(try place.names(in: data.temporary(of: "A")) == [])
    #expect(try place.names(in: data.documents) == [])
  }
}
