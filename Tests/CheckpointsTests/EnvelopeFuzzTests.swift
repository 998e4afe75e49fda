import CanonicalJSON
import Checkpoints
import StageKit
import TestSupport
import Testing

@Suite("Fuzzed: checkpoints")
struct EnvelopeFuzzTests {
  @Test("are read as what was written, or refused as damaged")
  func anyBytes() throws {
    let place = try Workplace()
    let unit = UnitID(.ocr, .page(7))
    let note = Note(text: "words and \"more\"", scores: [0.25, 1])
    let (_, bytes) = try place.checkpoint(
      CheckpointEnvelope(
        unit: unit, version: 3, source: Digest(sample: "source"), options: ["languages": ["eng"]],
        lineage: CheckpointLineage(
          key: Digest(sample: "key"), upstream: ["render/7": "gap:crashed"], engines: ["tesseract": "5"],
          recorded: [:], parts: [2: "gap:damaged"])),
      note.bytes, files: [FileRecord(name: "0007.png", digest: Digest(sample: "png"), length: 9)])
    var accepted = 0
    for seed in ByteMutation.seeds {
      var mutation = ByteMutation(seed: seed)
      let changed = mutation.mutate([bytes])
      do {
        let read = try changed.withUnsafeBytes { try CheckpointReader($0, unit: unit).payload(as: Note.self) }
        accepted += 1
        #expect(read == note, "seed \(seed)")
      } catch let failure as StageFailure {
        #expect(failure.code == .checkpointCorrupt, "seed \(seed)")
      }
    }
    #expect(accepted < ByteMutation.rounds)
  }
}
