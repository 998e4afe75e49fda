import CanonicalJSON
import Checkpoints
import StageKit
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("A checkpoint's envelope")
struct CheckpointEnvelopeTests {
  let place: Workplace
  let page = UnitID(.ocr, .page(7))
  let source = Digest(sample: "source")

  init() throws { place = try Workplace() }

  func lineage(_ number: Int, engine: String = "5.3.0") -> CheckpointLineage {
    CheckpointLineage(
      key: Digest(sample: "key", number),
      upstream: ["render/7": Digest(sample: "render", number).description, "ingest/7": "gap:damaged"],
      engines: ["tesseract": engine], recorded: ["cpu": "x86-64-v3"])
  }

  func envelope(_ lineage: CheckpointLineage? = nil, options: JSONValue = ["languages": ["eng"]]) -> CheckpointEnvelope
  {
    CheckpointEnvelope(unit: page, version: 3, source: source, options: options, lineage: lineage)
  }

  @Test("a file is the canonical form of itself", arguments: [0, 1, 17, 400])
  func wholeFileIsCanonical(count: Int) throws {
    let texts = ["", "a\"b\\c", "日本語\n\u{1}", "{\"payload\":1}", "\u{10FFFF}é"]
    for (index, text) in texts.enumerated() {
      let note = Note(text: text, scores: (0..<count).map { Double($0) / 7 })
      let files = ["0007.png", "0007-a.png", "0007_b"].prefix(index).map {
        FileRecord(name: $0, digest: Digest(sample: "file", index), length: 1)
      }
      let parts =
        index % 2 == 0
        ? nil : [1: "gap:crashed", 10: Digest(sample: "p").description, 2: Digest(sample: "q").description]
      let lineage = CheckpointLineage(
        key: Digest(sample: "key"), upstream: ["b": "2", "a/10": "1", "a/2": "0"],
        engines: ["z": "1", "ä": "2", "a": "3"],
        recorded: ["z": 1, "b": [true, nil]], parts: parts)
      for envelope in [envelope(), envelope(lineage, options: ["zeta": 0.5, "alpha": -0.0])] {
        let (_, bytes) = try place.checkpoint(envelope, note.bytes, files: files)
        let tree = try CanonicalDecoder().decode(JSONValue.self, from: bytes)
        #expect(try tree.canonicalBytes + Array("\n".utf8) == bytes)
      }
    }
  }

  @Test("the members of a whole checkpoint and of a part are the documented ones")
  func members() throws {
    let parted = CheckpointLineage(
      key: Digest(sample: "k"), upstream: [:], engines: [:], recorded: [:], parts: [1: Digest(sample: "p").description])
    let whole = try CanonicalDecoder().decode(
      JSONValue.self, from: place.checkpoint(envelope(parted), Note(text: "a").bytes).bytes)
    #expect(
      whole.object?.keys.sorted() == [
        "content", "engines", "files", "format", "key", "options", "parts", "payload", "recorded", "source", "stage",
        "unit", "upstream", "version",
      ])
    let part = try CanonicalDecoder().decode(
      JSONValue.self, from: place.checkpoint(envelope(), Note(text: "a").bytes).bytes)
    #expect(
      part.object?.keys.sorted() == [
        "content", "files", "format", "options", "payload", "source", "stage", "unit", "version",
      ])
  }

  @Test("its bytes are these, for ever")
  func golden() throws {
    let file = FileRecord(name: "0007.png", digest: Digest(sample: "png"), length: 3)
    let (record, bytes) = try place.checkpoint(
      CheckpointEnvelope(
        unit: page, version: 3, source: Digest(sample: "source"), options: ["languages": ["eng"]],
        lineage: CheckpointLineage(
          key: Digest(sample: "key"), upstream: ["render/7": Digest(sample: "render").description],
          engines: ["tesseract": "5.3.0"])),
      Note(text: "hi", scores: [0.5]).bytes, files: [file])
    let expected = """
      {"content":"\(record.content)","engines":{"tesseract":"5.3.0"},"files":{"0007.png":"\(Digest(sample: "png"))"},\
      "format":"sheaf.checkpoint/1","key":"\(Digest(sample: "key"))","options":{"languages":["eng"]},\
      "payload":{"scores":[0.5],"text":"hi"},"source":"\(Digest(sample: "source"))","stage":"ocr","unit":{"page":7},\
      "upstream":{"render/7":"\(Digest(sample: "render"))"},"version":3}

      """
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
    #expect(record.file == FileRecord(name: "0007.json", digest: Digest(of: bytes), length: bytes.count))
    let content = #"{"files":{"0007.png":"\#(Digest(sample: "png"))"},"payload":{"scores":[0.5],"text":"hi"}}"#
    #expect(record.content == Digest(of: content.utf8))
  }

  @Test("the content digest knows nothing of key, options, upstream, engines, version or source")
  func contentIsIndependent() throws {
    let payload = try Note(text: "same").bytes
    let envelopes = [
      envelope(), envelope(lineage(1)), envelope(lineage(2)), envelope(lineage(1, engine: "6")),
      envelope(lineage(1), options: ["languages": ["deu"]]),
      CheckpointEnvelope(unit: page, version: 4, source: Digest(sample: "other"), options: [:]),
    ]
    let records = try envelopes.map { try place.checkpoint($0, payload).record }
    #expect(Set(records.map(\.content)).count == 1)
    #expect(Set(records.map(\.file.digest)).count == envelopes.count)
    #expect(records[0].content == (try CheckpointEnvelope.contentDigest(files: [], payload: payload)))
  }

  @Test("the content digest follows payload and files, whatever the files' order")
  func contentFollowsFiles() throws {
    let payload = try Note(text: "same").bytes
    let a = FileRecord(name: "0007-a.png", digest: Digest(sample: "a"), length: 1)
    let b = FileRecord(name: "0007-b.png", digest: Digest(sample: "b"), length: 2)
    func content(_ files: [FileRecord], _ payload: [UInt8]) throws -> Digest {
      try CheckpointEnvelope.contentDigest(files: files, payload: payload)
    }
    #expect(try content([a, b], payload) == content([b, a], payload))
    #expect(try content([a], payload) != content([a, b], payload))
    #expect(try content([a], payload) != content([FileRecord(name: a.name, digest: b.digest, length: 1)], payload))
    #expect(try content([a], payload) != content([a], Note(text: "other").bytes))
    let twin = FileRecord(name: a.name, digest: b.digest, length: 1)
    #expect(throws: StageFailure.self) { _ = try content([a, twin], payload) }
  }

  @Test("equal parts are equal files, whatever key, upstream or engine made them")
  func equalPartsAreEqualFiles() throws {
    func order(_ number: Int) -> UnitOrder {
      UnitOrder(
        unit: UnitID(.regions), version: 2, key: Digest(sample: "key", number), source: source,
        options: ["strict": true],
        upstream: ["ocr/3": Digest(sample: "word", number).description], engines: ["rules": "\(number)"],
        pages: [3, 9],
        scratch: "/tmp/\(number)")
    }
    let payload = try Note(text: "page nine").bytes
    let first = try place.checkpoint(CheckpointEnvelope(order: order(1), part: 9), payload)
    let second = try place.checkpoint(CheckpointEnvelope(order: order(2), part: 9), payload)
    #expect(first.record == second.record)
    #expect(first.bytes == second.bytes)
    #expect(first.record.unit == UnitID(.regions, .page(9)))
    let other = try place.checkpoint(CheckpointEnvelope(order: order(1), part: 3), payload)
    #expect(other.record.content == first.record.content)
    #expect(other.record.file.digest != first.record.file.digest)
  }

  @Test("no room on the disk is told as such and may be tried again")
  func fullDisk() throws {
    // The device that is always full: every write fails with ENOSPC.
    let output = OutputFile(name: "0007.json", descriptor: open("/dev/full", O_WRONLY))
    let failure = #expect(throws: StageFailure.self) {
      _ = try envelope().write(payload: Note(text: "a").bytes, files: [], to: output)
    }
    #expect(failure?.code == .outOfDisk)
    #expect(failure?.retryable == true)
  }
}
