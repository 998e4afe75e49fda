import CanonicalJSON
import DocumentModel

// Words come by the ten thousand: they are written and read without a detour through Codable.
extension Word: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    if let baseline {
      writer.key("baseline")
      try writer.number(baseline)
    }
    writer.key("box")
    try box.encode(into: &writer)
    if let color {
      writer.key("color")
      writer.string(color)
    }
    writer.key("confidence")
    try writer.number(confidence.value)
    if let font {
      writer.key("font")
      writer.integer(font)
    }
    writer.key("joinsNext")
    writer.bool(joinsNext)
    writer.key("size")
    try writer.number(size)
    writer.key("source")
    writer.string(source.rawValue)
    writer.key("text")
    writer.string(text)
    writer.key("turn")
    writer.integer(turn.rawValue)
    writer.endObject()
  }

  package init(from reader: inout CanonicalReader) throws {
    var parts = Parts()
    try reader.beginObject()
    try parts.readCanonical(from: &reader)
    while let key = try reader.nextKey() { try parts.read(key, from: &reader) }
    self.init(
      text: try reader.require(parts.text, "text"), box: try reader.require(parts.box, "box"),
      confidence: Score(try reader.require(parts.confidence, "confidence")),
      source: try reader.require(parts.source, "source"), font: parts.font,
      size: try reader.require(parts.size, "size"), turn: try reader.require(parts.turn, "turn"),
      baseline: parts.baseline, color: parts.color, joinsNext: try reader.require(parts.joinsNext, "joinsNext"))
  }

  /// What has been read of a word so far.
  private struct Parts {
    var text: String?
    var box: BoundingBox?
    var confidence: Double?
    var source: TextSource?
    var font: Int?
    var size: Double?
    var turn: QuarterTurn?
    var baseline: Double?
    var color: String?
    var joinsNext: Bool?

    /// Reads the members that stand where canonical JSON has them: all of a word that was not written by hand.
    mutating func readCanonical(from reader: inout CanonicalReader) throws {
      if reader.passes("baseline") { baseline = reader.readNullIfPresent() ? nil : try reader.readNumber() }
      if reader.passes("box") { box = try BoundingBox(from: &reader) }
      if reader.passes("color") { color = reader.readNullIfPresent() ? nil : try reader.readString() }
      if reader.passes("confidence") { confidence = try reader.readNumber() }
      if reader.passes("font") { font = reader.readNullIfPresent() ? nil : try reader.readInteger(as: Int.self) }
      if reader.passes("joinsNext") { joinsNext = try reader.readBool() }
      if reader.passes("size") { size = try reader.readNumber() }
      if reader.passes("source") { source = try reader.readSource() }
      if reader.passes("text") { text = try reader.readString() }
      if reader.passes("turn") { turn = try reader.readTurn() }
    }

    mutating func read(_ key: CanonicalReader.Key, from reader: inout CanonicalReader) throws {
      switch key {
      case "baseline": baseline = reader.readNullIfPresent() ? nil : try reader.readNumber()
      case "box": box = try reader.read(BoundingBox.self)
      case "color": color = reader.readNullIfPresent() ? nil : try reader.readString()
      case "confidence": confidence = try reader.readNumber()
      case "font": font = reader.readNullIfPresent() ? nil : try reader.readInteger(as: Int.self)
      case "joinsNext": joinsNext = try reader.readBool()
      case "size": size = try reader.readNumber()
      case "source": source = try reader.readSource()
      case "text": text = try reader.readString()
      case "turn": turn = try reader.readTurn()
      default: try reader.skipValue()
      }
    }
  }
}

extension CanonicalReader {
  /// Words, one after the other. Named by its type, the loop knows how large a word is; a generic one would ask for each.
  package mutating func readWords() throws -> [Word] {
    var words: [Word] = []
    try beginArray()
    while try nextElement() { words.append(try Word(from: &self)) }
    return words
  }

  // As with the commonest types, so with a word's own.

  func require(_ value: BoundingBox?, _ key: StaticString) throws(CanonicalJSONError) -> BoundingBox {
    guard let value else { throw missing(key) }
    return value
  }

  func require(_ value: TextSource?, _ key: StaticString) throws(CanonicalJSONError) -> TextSource {
    guard let value else { throw missing(key) }
    return value
  }

  func require(_ value: QuarterTurn?, _ key: StaticString) throws(CanonicalJSONError) -> QuarterTurn {
    guard let value else { throw missing(key) }
    return value
  }

  /// Where a word is from.
  mutating func readSource() throws -> TextSource {
    if passesString("text-layer") { return .textLayer }
    if passesString("recognition") { return .recognition }
    return try readCase(TextSource.self)
  }

  /// A turn in degrees: 0, 90, 180 or 270.
  package mutating func readTurn() throws -> QuarterTurn {
    let degrees = try readInteger(as: Int.self)
    guard let turn = QuarterTurn(rawValue: degrees) else {
      throw failure(.invalidValue("\(degrees) is no quarter turn"))
    }
    return turn
  }
}
