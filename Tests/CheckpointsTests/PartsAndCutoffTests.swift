import CanonicalJSON
import Checkpoints
import StageKit
import TestSupport
import Testing

/// The keys of a document of two pages, through a barrier with parts (regions) to a page stage behind it (tables).
@Suite("Parts and cutoff")
struct PartsAndCutoffTests {
  let place: Workplace
  let source = Digest(sample: "source")
  let pages = [3, 9]

  init() throws { place = try Workplace() }

  struct Barrier {
    var key: Digest
    var whole: CheckpointRecord
    var parts: [Int: CheckpointRecord]
  }

  /// Runs the barrier over what the pages' words are and what it concludes from them.
  func barrier(words: [Int: String], conclusions: [Int: String], body: String, options: JSONValue = [:]) throws
    -> Barrier
  {
    let upstream = try words.mapKeys { "ocr/\($0)" }.mapValues {
      UnitKey.reference(to: try CheckpointEnvelope.contentDigest(files: [], payload: Note(text: $0).bytes))
    }
    let unit = UnitID(.regions)
    let key = try UnitKey.digest(
      of: unit, version: 1, source: source, options: options, upstream: upstream, engines: [:])
    let order = UnitOrder(
      unit: unit, version: 1, key: key, source: source, options: options, upstream: upstream, engines: [:],
      pages: pages, scratch: "")
    var parts: [Int: CheckpointRecord] = [:]
    for (page, text) in conclusions {
      parts[page] = try place.checkpoint(CheckpointEnvelope(order: order, part: page), Note(text: text).bytes).record
    }
    let references = parts.mapValues { UnitKey.reference(to: $0.content) }
    let whole = try place.checkpoint(CheckpointEnvelope(order: order, parts: references), Note(text: body).bytes).record
    return Barrier(key: key, whole: whole, parts: parts)
  }

  func tablesKey(_ page: Int, _ barrier: Barrier) throws -> Digest {
    let part = barrier.parts[page].map { UnitKey.reference(to: $0.content) } ?? "gap:crashed"
    return try UnitKey.digest(
      of: UnitID(.tables, .page(page)), version: 1, source: source, options: [:], upstream: ["regions/\(page)": part],
      engines: [:])
  }

  @Test("a corrected word on page 3 runs the barrier and page 3, not the tables of page 9")
  func correctedWord() throws {
    let before = try barrier(
      words: [3: "teh", 9: "end"], conclusions: [3: "line of 3", 9: "line of 1"], body: "10 pt")
    let after = try barrier(words: [3: "the", 9: "end"], conclusions: [3: "line of 4", 9: "line of 1"], body: "10 pt")
    #expect(before.key != after.key)
    #expect(before.parts[9] == after.parts[9])
    #expect(try tablesKey(9, before) == tablesKey(9, after))
    #expect(try tablesKey(3, before) != tablesKey(3, after))
  }

  @Test("a barrier that concludes the same as before stops the change at itself")
  func sameConclusions() throws {
    let conclusions = [3: "line of 3", 9: "line of 1"]
    let before = try barrier(words: [3: "teh", 9: "end"], conclusions: conclusions, body: "10 pt")
    let after = try barrier(
      words: [3: "the", 9: "end"], conclusions: conclusions, body: "10 pt", options: ["strict": true])
    #expect(before.whole.content == after.whole.content)
    #expect(before.whole.file.digest != after.whole.file.digest)  // another key made it, and the file tells
    for page in pages { #expect(try tablesKey(page, before) == tablesKey(page, after)) }
  }

  @Test("a document part that differs does not reach those who depend on a page's part")
  func documentPartIsAside() throws {
    let before = try barrier(words: [3: "a", 9: "b"], conclusions: [3: "x", 9: "y"], body: "10 pt")
    let after = try barrier(words: [3: "a", 9: "c"], conclusions: [3: "x", 9: "y"], body: "12 pt")
    #expect(before.whole.content != after.whole.content)
    for page in pages { #expect(try tablesKey(page, before) == tablesKey(page, after)) }
  }

  @Test("parts that differ do not show in the document part's content, so nobody may depend on it for them")
  func partsAreNotInTheDocumentsContent() throws {
    let before = try barrier(words: [3: "a", 9: "b"], conclusions: [3: "x", 9: "y"], body: "10 pt")
    let after = try barrier(words: [3: "c", 9: "b"], conclusions: [3: "z", 9: "y"], body: "10 pt")
    #expect(before.whole.content == after.whole.content)
    #expect(before.parts[3]?.content != after.parts[3]?.content)
  }

  @Test("a page that becomes a gap changes that page's key only")
  func gap() throws {
    let before = try barrier(words: [3: "a", 9: "b"], conclusions: [3: "x", 9: "y"], body: "10 pt")
    let after = try barrier(words: [3: "a", 9: "b"], conclusions: [9: "y"], body: "10 pt")
    #expect(try tablesKey(3, before) != tablesKey(3, after))
    #expect(try tablesKey(9, before) == tablesKey(9, after))
  }

  @Test("a pin that equals what the stage would yield changes nothing downstream")
  func equalPin() throws {
    let payload = try Note(text: "x").bytes
    let run = try barrier(words: [3: "a"], conclusions: [3: "x"], body: "10 pt")
    let pin = try place.checkpoint(
      CheckpointEnvelope(unit: UnitID(.regions, .page(3)), version: 1, source: source, options: [:]), payload)
    #expect(pin.record == run.parts[3])
  }
}

extension Dictionary {
  fileprivate func mapKeys<New: Hashable>(_ transform: (Key) -> New) -> [New: Value] {
    [New: Value](uniqueKeysWithValues: map { (transform($0.key), $0.value) })
  }
}
