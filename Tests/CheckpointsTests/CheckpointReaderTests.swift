import CanonicalJSON
import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

@Suite("Reading a checkpoint")
struct CheckpointReaderTests {
  let place: Workplace
  let unit = UnitID(.ocr, .page(7))
  let note = Note(text: "a \"payload\" of words, {brackets} and \\", scores: [0.25, 1])

  init() throws { place = try Workplace() }

  func checkpoint(_ unit: UnitID? = nil) throws -> (record: CheckpointRecord, bytes: [UInt8]) {
    try place.checkpoint(
      CheckpointEnvelope(
        unit: unit ?? self.unit, version: 3, source: Digest(sample: "source"), options: ["languages": ["eng"]],
        lineage: CheckpointLineage(
          key: Digest(sample: "key"), upstream: ["render/7": "gap:crashed"], engines: ["tesseract": "5"],
          recorded: ["payload": "not this one"], parts: [2: "gap:damaged"])),
      note.bytes, files: [FileRecord(name: "0007.png", digest: Digest(sample: "png"), length: 9)])
  }

  func read(_ bytes: [UInt8], _ unit: UnitID? = nil, file: Digest? = nil, content: Digest? = nil) throws -> Note {
    try bytes.withUnsafeBytes {
      try CheckpointReader($0, unit: unit ?? self.unit, file: file, content: content).payload(as: Note.self)
    }
  }

  @Test("what was written is read")
  func roundTrip() throws {
    let (record, bytes) = try checkpoint()
    #expect(try read(bytes, file: record.file.digest, content: record.content) == note)
    let header = try bytes.withUnsafeBytes { try CheckpointReader($0, unit: unit).header }
    #expect(header.unitID == unit)
    #expect(header.content == record.content)
    #expect(header.files == ["0007.png": Digest(sample: "png")])
    #expect(header.parts == ["2": "gap:damaged"])
    #expect(header.recorded == ["payload": "not this one"])
    #expect(header.upstream == ["render/7": "gap:crashed"])
  }

  @Test("an open file is read the same way")
  func fromFile() throws {
    let (record, bytes) = try checkpoint()
    let descriptor = try TemporaryFile.anonymous()
    try bytes.withUnsafeBytes { try TemporaryFile.write($0, to: descriptor) }
    let input = try InputFile(descriptor: descriptor)
    #expect(try CheckpointReader.payload(of: unit, as: Note.self, in: input, file: record.file.digest) == note)
    #expect(try CheckpointReader.header(of: unit, in: input).key == Digest(sample: "key"))
  }

  @Test("the recipe in an envelope yields the key again")
  func recipe() throws {
    let order = UnitOrder(
      unit: unit, version: 3,
      key: try UnitKey.digest(
        of: unit, version: 3, source: Digest(sample: "source"), options: ["dpi": 300],
        upstream: ["render/7": "gap:crashed"],
        engines: ["tesseract": "5"]),
      source: Digest(sample: "source"), options: ["dpi": 300], upstream: ["render/7": "gap:crashed"],
      engines: ["tesseract": "5"], pages: [7], scratch: "")
    let (_, bytes) = try place.checkpoint(CheckpointEnvelope(order: order), note.bytes)
    let header = try bytes.withUnsafeBytes { try CheckpointReader($0, unit: unit).header }
    #expect(try header.recipe?.digest() == order.key)
  }

  @Test("a file that is not what was recorded is corrupt, wherever it was changed")
  func everyFlippedByteIsFound() throws {
    let (record, bytes) = try checkpoint()
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      #expect(try code { _ = try read(changed, file: record.file.digest) } == .checkpointCorrupt)
    }
  }

  @Test("a changed or cut payload is found even where no digest of the file is known")
  func payloadAgainstContent() throws {
    let (_, bytes) = try checkpoint()
    let text = String(decoding: bytes, as: UTF8.self)
    let changed = text.replacing("brackets", with: "Brackets")
    #expect(try code { _ = try read(Array(changed.utf8)) } == .checkpointCorrupt)
    for length in stride(from: 0, to: bytes.count - 1, by: 7) {
      #expect(try code { _ = try read(Array(bytes[..<length])) } == .checkpointCorrupt)
    }
    let twice = text.replacing("\"payload\":{", with: "\"payload\":null,\"payload\":{")
    #expect(try code { _ = try read(Array(twice.utf8)) } == .checkpointCorrupt)
  }

  @Test("another unit's, another stage's or another content's checkpoint is refused")
  func identity() throws {
    let (_, bytes) = try checkpoint()
    #expect(try code { _ = try read(bytes, UnitID(.ocr, .page(8))) } == .checkpointCorrupt)
    #expect(try code { _ = try read(bytes, UnitID(.ocr)) } == .checkpointCorrupt)
    #expect(try code { _ = try read(bytes, content: Digest(sample: "other")) } == .checkpointCorrupt)
    let layout = UnitID(.layout, .page(7))
    let foreign = try checkpoint(layout).bytes
    #expect(try code { _ = try read(foreign) } == .checkpointCorrupt)
    #expect(try code { _ = try read(foreign, layout) } == .checkpointCorrupt)  // a note is no layout
    let later = String(decoding: bytes, as: UTF8.self).replacing("sheaf.checkpoint/1", with: "sheaf.checkpoint/2")
    #expect(try code { _ = try read(Array(later.utf8)) } == .checkpointCorrupt)
  }

  @Test("what is on record under its digest is read once, and still has to be the unit's")
  func recorded() throws {
    let (record, bytes) = try checkpoint()
    func read(
      _ bytes: [UInt8], _ unit: UnitID = UnitID(.ocr, .page(7)), content: Digest? = nil
    ) throws -> Note {
      let path = place.temporary.path + "/recorded"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let input = try InputFile(descriptor: open(path, O_RDONLY))
      return try CheckpointReader.payload(
        of: unit, as: Note.self, in: input, file: Digest(of: bytes), content: content ?? record.content)
    }
    let slow = try bytes.withUnsafeBytes { try CheckpointReader($0, unit: record.unit).payload(as: Note.self) }
    #expect(try read(bytes) == slow)
    #expect(try code { _ = try read(bytes, UnitID(.ocr, .page(8))) } == .checkpointCorrupt)
    #expect(try code { _ = try read(bytes, UnitID(.layout, .page(7))) } == .checkpointCorrupt)
    #expect(try code { _ = try read(bytes, content: Digest(sample: "other")) } == .checkpointCorrupt)
    // Whoever vouches for nonsense gets an error, or another value, and never what lies beyond the file.
    var generator = SeededGenerator(7)
    for _ in 0..<2000 {
      var changed = Array(bytes.prefix(generator.below(bytes.count) + 1))
      for _ in 0...generator.below(3) { changed[generator.below(changed.count)] = UInt8(generator.below(256)) }
      if let failed = try code({ _ = try read(changed) }) { #expect(failed == .checkpointCorrupt) }
    }
  }

  @Test("nonsense is an error, never a crash", arguments: ["", "{", "[]", "null", "{}", "{\"payload\":", "{\"a\":1}x"])
  func nonsense(text: String) throws {
    #expect(try code { _ = try read(Array(text.utf8)) } == .checkpointCorrupt)
    #expect(try code { _ = try read(Array(repeating: UInt8(ascii: "["), count: 100_000)) } == .checkpointCorrupt)
  }
}
