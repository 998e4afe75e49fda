import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

/// What is on the disk when a process dies at a fault point: the hook throws where a crash test would kill.
@Suite("Dying at a fault point", .serialized)
struct FaultPointTests {
  struct Death: Error {}

  let place: Workplace

  init() throws { place = try Workplace() }

  /// Other tests run meanwhile, so the hook minds one subject only.
  func dying(at point: FaultPoint, _ subject: String, _ body: () throws -> Void) throws {
    FaultPoint.install { reached, about in if reached == point, about == subject { throw Death() } }
    defer { FaultPoint.install(nil) }
    #expect(throws: Death.self) { try body() }
  }

  @Test("at publish, no object is there and the same attempt can be published later")
  func publish() throws {
    let first = try place.attempt("first of the batch")
    let second = try place.attempt("second of the batch")
    try dying(at: .publish, second.digest.hex) { try place.objects.put([first, second]) }
    #expect(try place.objects.head(second.digest) == nil)
    // The first may be there: an object without a row, which the unit, run again, publishes as the same bytes.
    #expect(try place.objects.isSound(first.digest, length: first.length))
    try place.objects.put([first, second])
    #expect(try place.objects.isSound(first.digest, length: first.length))
    #expect(try place.objects.isSound(second.digest, length: second.length))
  }

  @Test("at link, the object is there and the tree is as it was, to be put right by the same step")
  func link() throws {
    let tree = JobTree(try #require(JobID("zzzzzzzzzz")), in: place.data)
    let file = TreeFile(checkpointOf: UnitID(.layout, .page(9876)))
    let objects = try (1...2).map { try place.object("version \($0)") }
    _ = try tree.place(objects[0], at: file, history: nil, known: { _ in true })
    try dying(at: .link, file.path) { _ = try tree.place(objects[1], at: file, history: 1, known: { _ in true }) }
    #expect(try place.text(at: tree.path(of: file)) == "version 1")
    #expect(try tree.place(objects[1], at: file, history: 1, known: { _ in true }) == .placed)
    #expect(try place.text(at: tree.path(of: file)) == "version 2")
  }
}
