import CanonicalJSON
import DocumentModel

// Lines come by the thousand, with an index for every word: they are written and read without a detour through Codable.
extension Line: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    writer.key("baseline")
    try writer.number(baseline)
    writer.key("box")
    try box.encode(into: &writer)
    writer.key("direction")
    writer.string(direction.rawValue)
    writer.key("size")
    try writer.number(size)
    writer.key("turn")
    writer.integer(turn.rawValue)
    writer.key("words")
    writer.beginArray()
    for word in words { writer.integer(word) }
    writer.endArray()
    writer.endObject()
  }

  package init(from reader: inout CanonicalReader) throws {
    var words: [Int]?
    var box: BoundingBox?
    var baseline: Double?
    var size: Double?
    var turn: QuarterTurn?
    var direction: ReadingDirection?
    try reader.beginObject()
    if reader.passes("baseline") { baseline = try reader.readNumber() }
    if reader.passes("box") { box = try BoundingBox(from: &reader) }
    while let key = try reader.nextKey() {
      switch key {
      case "baseline": baseline = try reader.readNumber()
      case "box": box = try reader.read(BoundingBox.self)
      case "direction": direction = try reader.readCase(ReadingDirection.self)
      case "size": size = try reader.readNumber()
      case "turn": turn = try reader.readTurn()
      case "words":
        var list: [Int] = []
        try reader.beginArray()
        while try reader.nextElement() { list.append(try reader.readInteger(as: Int.self)) }
        words = list
      default: try reader.skipValue()
      }
    }
    self.init(
      words: try reader.require(words, "words"), box: try reader.require(box, "box"),
      baseline: try reader.require(baseline, "baseline"), size: try reader.require(size, "size"),
      turn: try reader.require(turn, "turn"), direction: try reader.require(direction, "direction"))
  }
}

extension CanonicalReader {
  /// Lines, one after the other.
  package mutating func readLines() throws -> [Line] {
    var lines: [Line] = []
    try beginArray()
    while try nextElement() { lines.append(try Line(from: &self)) }
    return lines
  }
}
