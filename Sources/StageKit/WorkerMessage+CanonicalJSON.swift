import CanonicalJSON

// A unit's conversation is some dozens of messages, most of them requests: they are read without a detour through Codable.
extension WorkerMessage: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    switch self {
    case .input(let unit, let file):
      writer.key("input")
      writer.beginObject()
      if let file {
        writer.key("file")
        writer.string(file)
      }
      writer.key("unit")
      try unit.encode(into: &writer)
      writer.endObject()
    case .output(let name):
      writer.key("output")
      writer.beginObject()
      writer.key("name")
      writer.string(name)
      writer.endObject()
    case .progress(let fraction):
      writer.key("progress")
      writer.beginObject()
      writer.key("fraction")
      try writer.number(fraction)
      writer.endObject()
    case .document:
      writer.key("document")
      writer.beginObject()
      writer.endObject()
    case .entering(let page):
      writer.key("entering")
      writer.beginObject()
      writer.key("page")
      writer.integer(page)
      writer.endObject()
    case .ask(let question): try write(question, as: "question", of: "ask", into: &writer)
    case .ready(let version): try write(version, as: "protocol", of: "ready", into: &writer)
    case .described(let plan): try write(plan, as: "plan", of: "described", into: &writer)
    case .finished(let report):
      writer.key("finished")
      writer.beginObject()
      writer.key("report")
      try report.encode(into: &writer)
      writer.endObject()
    case .failed(let failure): try write(failure, as: "failure", of: "failed", into: &writer)
    }
    writer.endObject()
  }

  private func write(
    _ value: some Encodable, as key: StaticString, of name: StaticString, into writer: inout CanonicalWriter
  ) throws {
    writer.key(name)
    writer.beginObject()
    writer.key(key)
    try CanonicalEncoder().encode(value, into: &writer)
    writer.endObject()
  }

  package init(from reader: inout CanonicalReader) throws {
    var message: WorkerMessage?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      guard message == nil else { throw reader.failure(.invalidValue("it is two messages")) }
      var parts = Parts()
      try reader.beginObject()
      while let key = try reader.nextKey() { try parts.read(key, from: &reader) }
      message = try parts.message(key, reader)
    }
    self = try reader.require(message, "ready")
  }

  /// What has been read of a message so far.
  private struct Parts {
    var version: Int?
    var plan: PlanDescription?
    var unit: UnitID?
    var file: String?
    var name: String?
    var fraction: Double?
    var page: Int?
    var report: UnitReport?
    var failure: StageFailure?
    var question: ModelQuestion?

    mutating func read(_ key: CanonicalReader.Key, from reader: inout CanonicalReader) throws {
      switch key {
      case "unit": unit = try UnitID(from: &reader)
      case "file": file = reader.readNullIfPresent() ? nil : try reader.readString()
      case "name": name = try reader.readString()
      case "fraction": fraction = try reader.readNumber()
      case "page": page = try reader.readInteger(as: Int.self)
      case "report": report = try UnitReport(from: &reader)
      case "failure": failure = try reader.decode(StageFailure.self)
      case "question": question = try reader.decode(ModelQuestion.self)
      case "protocol": version = try reader.readInteger(as: Int.self)
      case "plan": plan = try reader.decode(PlanDescription.self)
      default: try reader.skipValue()
      }
    }

    func message(_ key: CanonicalReader.Key, _ reader: CanonicalReader) throws -> WorkerMessage {
      switch key {
      case "input": .input(unit: try reader.require(unit, "unit"), file: file)
      case "output": .output(name: try reader.require(name, "name"))
      case "progress": .progress(fraction: try reader.require(fraction, "fraction"))
      case "ask": .ask(question: try reader.require(question, "question"))
      case "entering": .entering(page: try reader.require(page, "page"))
      case "document": .document
      case "ready": .ready(protocol: try reader.require(version, "protocol"))
      case "described": .described(plan: try reader.require(plan, "plan"))
      case "finished": .finished(report: try reader.require(report, "report"))
      case "failed": .failed(failure: try reader.require(failure, "failure"))
      default: throw reader.failure(.invalidValue("\"\(key.string)\" is no message"))
      }
    }
  }
}
