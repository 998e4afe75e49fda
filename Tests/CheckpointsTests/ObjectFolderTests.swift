import Checkpoints
import Dispatch
import Foundation
import StageKit
import Synchronization
import TestSupport
import Testing

@Suite("Objects in a data folder")
struct ObjectFolderTests {
  let place: Workplace

  init() throws { place = try Workplace() }

  @Test("a published object is read-only, whole, and the attempt is gone")
  func publish() throws {
    let file = try place.attempt("result")
    try place.objects.put([file])
    let path = place.objects.path(of: file.digest)
    #expect(path == "\(place.data.path)/objects/\(file.digest.hex.prefix(2))/\(file.digest.hex)")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o444)
    #expect(try place.objects.get(file.digest).bytes() == Array("result".utf8))
    #expect(try place.objects.head(file.digest) == 6)
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  @Test("what is not there is said to be missing")
  func missing() throws {
    #expect(try place.objects.head(Digest(sample: "none")) == nil)
    #expect(try code { _ = try place.objects.get(Digest(sample: "none")) } == .checkpointCorrupt)
    try place.objects.delete(Digest(sample: "none"))
    try place.objects.quarantine(Digest(sample: "none"))
  }

  @Test("bytes that are not what the worker told are not published, nor is anything published with them")
  func wrongDigest() throws {
    let good = try place.attempt("good")
    let bad = try place.attempt("bad")
    for lie in [
      AttemptFile(path: bad.path, digest: Digest(sample: "lie"), length: 3),
      AttemptFile(path: bad.path, digest: bad.digest, length: 4),
      AttemptFile(path: bad.path + "-absent", digest: bad.digest, length: 3),
    ] {
      let failure = #expect(throws: StageFailure.self) { try place.objects.put([good, lie]) }
      #expect(failure?.code == .inputOutput)
      #expect(failure?.retryable == true)
    }
    #expect(try place.objects.list(after: nil, limit: 10) == [])
  }

  @Test("publishing the same bytes again leaves the first object as it is")
  func again() throws {
    let first = try place.object("same")
    let before = FileIdentity(place.objects.path(of: first.digest))
    let twin = try place.attempt("same")
    try place.objects.put([twin, try place.attempt("same"), try place.attempt("other")])
    #expect(FileIdentity(place.objects.path(of: first.digest)) == before)
    #expect(!FileManager.default.fileExists(atPath: twin.path))
  }

  @Test(
    "a corrupt object of the same name is moved away and replaced",
    arguments: ["damage", "result of another length", ""])
  func heal(corruption: String) throws {
    let object = try place.object("result")
    let path = place.objects.path(of: object.digest)
    chmod(path, 0o600)
    try place.write(corruption, to: path)
    #expect(try !place.objects.isSound(object.digest, length: object.length))
    try place.objects.put([try place.attempt("result")])
    #expect(try place.objects.isSound(object.digest, length: object.length))
    let kept = try place.names(in: place.data.quarantine)
    #expect(kept.count == 1 && kept[0].hasPrefix(object.digest.hex))
    #expect(try place.text(at: place.data.quarantine + "/" + kept[0]) == corruption)
  }

  @Test("many publishers of one digest at once all succeed, and one object is there", arguments: [false, true])
  func concurrentPublish(corruptBefore: Bool) throws {
    let object = try place.object("contended")
    if corruptBefore {
      chmod(place.objects.path(of: object.digest), 0o600)
      try place.write("rubbish!!", to: place.objects.path(of: object.digest))
    } else {
      try place.objects.delete(object.digest)
    }
    let attempts = try (0..<16).map { _ in try place.attempt("contended") }
    let objects = place.objects
    let failures = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: attempts.count) { index in
      do { try objects.put([attempts[index]]) } catch { failures.withLock { $0.append("\(error)") } }
    }
    #expect(failures.withLock { $0 } == [])
    #expect(try objects.list(after: nil, limit: 100) == [object.digest])
    #expect(try objects.isSound(object.digest, length: object.length))
  }

  @Test("the list comes in pages, ascending, without files on their way")
  func list() throws {
    let digests = try (0..<40).map { try place.object("object \($0)").digest }.sorted { $0.hex < $1.hex }
    try place.write("on its way", to: place.data.objects + "/00/.copy-1-1")
    var all: [Digest] = []
    while true {
      let page = try place.objects.list(after: all.last, limit: 7)
      all += page
      if page.count < 7 { break }
    }
    #expect(all == digests)
  }

  @Test("a folder of objects that somebody removed is made again")
  func missingShard() throws {
    let file = try place.attempt("result")
    try FileManager.default.removeItem(atPath: place.data.objects + "/" + file.digest.hex.prefix(2))
    try place.objects.put([file])
    #expect(try place.objects.isSound(file.digest, length: file.length))
  }
}
