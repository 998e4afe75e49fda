import CanonicalJSON
import StageKit
import Testing

@Suite("Messages between engine and worker")
struct MessageJSONTests {
  private static let digest = Digest(of: Array("anything".utf8))
  private static let record = CheckpointRecord(
    unit: UnitID(.render, .page(7)), content: digest,
    file: FileRecord(name: "0007.json", digest: digest, length: 12),
    files: [FileRecord(name: "0007.pgm", digest: digest, length: 1 << 20)])

  private static let messages: [WorkerMessage] = [
    .ready(protocol: 1), .input(unit: UnitID(.ocr, .page(3)), file: nil),
    .input(unit: UnitID(.regions), file: "0003.pgm"), .document, .output(name: "md/figure \"1\".png"),
    .progress(fraction: 0.25), .entering(page: 12),
    .finished(
      report: UnitReport(
        checkpoint: record, parts: [record], gaps: [2: .pageUnreadable], engines: ["poppler": "22"], cpuSeconds: 0.5,
        residentBytes: 1 << 26)),
    .failed(failure: StageFailure(.engineFailed, "It failed.", page: 3, retryable: true)),
    .ask(
      question: .words(
        prompt: "What?", schema: ["type": "object"], picture: ModelPicture(mediaType: "image/png", base64: "aGk="))),
    .ask(question: .vectors(texts: ["one", "two"])),
    .described(plan: PlanDescription(stages: [], recorded: ["cpu": "x86-64-v3"])),
  ]

  @Test("are written as Codable writes them, and read again", arguments: messages)
  func same(message: WorkerMessage) throws {
    let bytes = try CanonicalEncoder().encode(message)
    #expect(bytes == (try CanonicalEncoder().encode(ByCodable(value: message))))
    #expect(try CanonicalDecoder().decode(WorkerMessage.self, from: bytes) == message)
  }

  private static let orders: [EngineMessage] = [
    .order(
      order: UnitOrder(
        unit: UnitID(.ocr, .page(3)), version: 2, key: digest, source: digest,
        options: ["languages": ["eng"], "dpi": 300, "level": 0.5, "none": nil], upstream: ["render/3": "\(digest)"],
        engines: ["tesseract": "5.3.0", "eng.traineddata": "\(digest)"],
        models: ModelOffer(text: "small", seesPictures: true), pages: [1, 2, 3], unreadablePages: [2],
        password: "\"ß\"", scratch: "/tmp/x", trace: "00-a-b-01")),
    .order(
      order: UnitOrder(
        unit: UnitID(.ingest), version: 1, key: digest, source: digest, options: [:], upstream: [:], engines: [:],
        pages: [], scratch: "")),
    .describe, .granted(digest: digest, length: 7), .granted(digest: nil, length: nil),
    .answered(answer: .words(text: "It.")), .answered(answer: .vectors(vectors: [[0.5, -1], []])),
    .refused(failure: StageFailure(.outOfDisk, "No room.", hint: "Free some.", retryable: true)),
  ]

  @Test("of the engine likewise", arguments: orders)
  func order(message: EngineMessage) throws {
    let bytes = try CanonicalEncoder().encode(message)
    #expect(bytes == (try CanonicalEncoder().encode(ByCodable(value: message))))
    #expect(try CanonicalDecoder().decode(EngineMessage.self, from: bytes) == message)
  }

  @Test(
    "of the engine that are none are refused", arguments: ["{}", #"{"order":{}}"#, #"{"describe":{},"granted":{}}"#])
  func refusedOrder(json: String) {
    #expect(throws: (any Error).self) { try CanonicalDecoder().decode(EngineMessage.self, from: Array(json.utf8)) }
  }

  @Test("of records likewise")
  func records() throws {
    let bytes = try CanonicalEncoder().encode(Self.record)
    #expect(bytes == (try CanonicalEncoder().encode(ByCodable(value: Self.record))))
    #expect(try CanonicalDecoder().decode(CheckpointRecord.self, from: bytes) == Self.record)
  }

  @Test(
    "that are none are refused",
    arguments: [
      "{}", "[]", #"{"input":{}}"#, #"{"output":{"name":1}}"#, #"{"dance":{}}"#, #"{"document":{},"document":{}}"#,
      #"{"entering":{"page":1.5}}"#, #"{"input":{"unit":"ocr/x"}}"#,
    ])
  func refused(json: String) {
    #expect(throws: (any Error).self) {
      try CanonicalDecoder().decode(WorkerMessage.self, from: Array(json.utf8))
    }
  }

  /// Hides a value's own way, so that the general one is taken.
  private struct ByCodable<Value: Encodable>: Encodable {
    let value: Value

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
  }
}
