import CanonicalJSON

// As for a worker's messages: there are some for every unit.
extension EngineMessage: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    switch self {
    case .order(let order):
      writer.key("order")
      writer.beginObject()
      writer.key("order")
      try order.encode(into: &writer)
    case .describe:
      writer.key("describe")
      writer.beginObject()
    case .granted(let digest, let length):
      writer.key("granted")
      writer.beginObject()
      if let digest {
        writer.key("digest")
        try digest.encode(into: &writer)
      }
      if let length {
        writer.key("length")
        writer.integer(length)
      }
    case .answered(let answer):
      writer.key("answered")
      writer.beginObject()
      writer.key("answer")
      try CanonicalEncoder().encode(answer, into: &writer)
    case .refused(let failure):
      writer.key("refused")
      writer.beginObject()
      writer.key("failure")
      try CanonicalEncoder().encode(failure, into: &writer)
    }
    writer.endObject()
    writer.endObject()
  }

  package init(from reader: inout CanonicalReader) throws {
    var message: EngineMessage?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      guard message == nil else { throw reader.failure(.invalidValue("it is two messages")) }
      var parts = Parts()
      try reader.beginObject()
      while let key = try reader.nextKey() { try parts.read(key, from: &reader) }
      message = try parts.message(key, reader)
    }
    self = try reader.require(message, "order")
  }

  /// What has been read of a message so far.
  private struct Parts {
    var order: UnitOrder?
    var digest: Digest?
    var length: Int?
    var answer: ModelAnswer?
    var failure: StageFailure?

    mutating func read(_ key: CanonicalReader.Key, from reader: inout CanonicalReader) throws {
      switch key {
      case "order": order = try UnitOrder(from: &reader)
      case "digest": digest = reader.readNullIfPresent() ? nil : try Digest(from: &reader)
      case "length": length = reader.readNullIfPresent() ? nil : try reader.readInteger(as: Int.self)
      case "answer": answer = try reader.decode(ModelAnswer.self)
      case "failure": failure = try reader.decode(StageFailure.self)
      default: try reader.skipValue()
      }
    }

    func message(_ key: CanonicalReader.Key, _ reader: CanonicalReader) throws -> EngineMessage {
      switch key {
      case "order": .order(order: try reader.require(order, "order"))
      case "describe": .describe
      case "granted": .granted(digest: digest, length: length)
      case "answered": .answered(answer: try reader.require(answer, "answer"))
      case "refused": .refused(failure: try reader.require(failure, "failure"))
      default: throw reader.failure(.invalidValue("\"\(key.string)\" is no message"))
      }
    }
  }
}
