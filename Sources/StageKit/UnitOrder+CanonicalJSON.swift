import CanonicalJSON

// Every unit begins with one: written and read without a detour through Codable.
extension UnitOrder: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    writer.key("engines")
    try engines.encode(into: &writer)
    writer.key("key")
    try key.encode(into: &writer)
    if let models {
      writer.key("models")
      try CanonicalEncoder().encode(models, into: &writer)
    }
    writer.key("options")
    try options.encode(into: &writer)
    writer.key("pages")
    try pages.encode(into: &writer)
    if let password {
      writer.key("password")
      writer.string(password)
    }
    writer.key("scratch")
    writer.string(scratch)
    writer.key("source")
    try source.encode(into: &writer)
    if let trace {
      writer.key("trace")
      writer.string(trace)
    }
    writer.key("unit")
    try unit.encode(into: &writer)
    writer.key("unreadablePages")
    try unreadablePages.encode(into: &writer)
    writer.key("upstream")
    try upstream.encode(into: &writer)
    writer.key("version")
    writer.integer(version)
    writer.endObject()
  }

  package init(from reader: inout CanonicalReader) throws {
    var parts = Parts()
    try reader.beginObject()
    while let key = try reader.nextKey() { try parts.read(key, from: &reader) }
    self.init(
      unit: try reader.require(parts.unit, "unit"), version: try reader.require(parts.version, "version"),
      key: try reader.require(parts.key, "key"), source: try reader.require(parts.source, "source"),
      options: try reader.require(parts.options, "options"), upstream: try reader.require(parts.upstream, "upstream"),
      engines: try reader.require(parts.engines, "engines"), models: parts.models,
      pages: try reader.require(parts.pages, "pages"),
      unreadablePages: try reader.require(parts.unreadablePages, "unreadablePages"), password: parts.password,
      scratch: try reader.require(parts.scratch, "scratch"), trace: parts.trace)
  }

  /// What has been read of an order so far.
  private struct Parts {
    var unit: UnitID?
    var version: Int?
    var key: Digest?
    var source: Digest?
    var options: JSONValue?
    var upstream: [String: String]?
    var engines: [String: String]?
    var models: ModelOffer?
    var pages: [Int]?
    var unreadablePages: [Int]?
    var password: String?
    var scratch: String?
    var trace: String?

    mutating func read(_ key: CanonicalReader.Key, from reader: inout CanonicalReader) throws {
      switch key {
      case "engines": engines = try [String: String](from: &reader)
      case "key": self.key = try Digest(from: &reader)
      case "models": models = reader.readNullIfPresent() ? nil : try reader.decode(ModelOffer.self)
      case "options": options = try JSONValue(from: &reader)
      case "pages": pages = try [Int](from: &reader)
      case "password": password = reader.readNullIfPresent() ? nil : try reader.readString()
      case "scratch": scratch = try reader.readString()
      case "source": source = try Digest(from: &reader)
      case "trace": trace = reader.readNullIfPresent() ? nil : try reader.readString()
      case "unit": unit = try UnitID(from: &reader)
      case "unreadablePages": unreadablePages = try [Int](from: &reader)
      case "upstream": upstream = try [String: String](from: &reader)
      case "version": version = try reader.readInteger(as: Int.self)
      default: try reader.skipValue()
      }
    }
  }
}
