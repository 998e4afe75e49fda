import CanonicalJSON

// Every unit ends with one.
extension UnitReport: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    writer.key("checkpoint")
    try checkpoint.encode(into: &writer)
    writer.key("cpuSeconds")
    try writer.number(cpuSeconds)
    writer.key("engines")
    try engines.encode(into: &writer)
    writer.key("gaps")
    try Dictionary(uniqueKeysWithValues: gaps.map { (String($0.key), $0.value.rawValue) }).encode(into: &writer)
    writer.key("parts")
    try parts.encode(into: &writer)
    writer.key("residentBytes")
    writer.integer(residentBytes)
    writer.endObject()
  }

  package init(from reader: inout CanonicalReader) throws {
    var checkpoint: CheckpointRecord?
    var parts: [CheckpointRecord]?
    var gaps: [Int: GapCode]?
    var engines: [String: String]?
    var cpuSeconds: Double?
    var residentBytes: Int?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "checkpoint": checkpoint = try CheckpointRecord(from: &reader)
      case "cpuSeconds": cpuSeconds = try reader.readNumber()
      case "engines": engines = try [String: String](from: &reader)
      case "gaps": gaps = try reader.decode([Int: GapCode].self)
      case "parts": parts = try [CheckpointRecord](from: &reader)
      case "residentBytes": residentBytes = try reader.readInteger(as: Int.self)
      default: try reader.skipValue()
      }
    }
    self.init(
      checkpoint: try reader.require(checkpoint, "checkpoint"), parts: try reader.require(parts, "parts"),
      gaps: try reader.require(gaps, "gaps"), engines: try reader.require(engines, "engines"),
      cpuSeconds: try reader.require(cpuSeconds, "cpuSeconds"),
      residentBytes: try reader.require(residentBytes, "residentBytes"))
  }
}
