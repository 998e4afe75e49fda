import CanonicalJSON
import DocumentModel
import StageKit

// Lines come by the hundred a page, and each page's are read by the stage over all pages.
extension LayoutOutput: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws {
    var size: PageSize?
    var turn: QuarterTurn?
    var lines: [Line]?
    var blocks: [Block]?
    var lineNumbers: [Int]?
    var marginNotes: [Int]?
    var columns: [BoundingBox]?
    var rules: [RulingLine]?
    var separators: [BoundingBox]?
    var imageAreas: [BoundingBox]?
    var dropped: [DroppedWord]?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "blocks": blocks = try reader.decode([Block].self)
      case "columns": columns = try [BoundingBox](from: &reader)
      case "dropped": dropped = try reader.decode([DroppedWord].self)
      case "imageAreas": imageAreas = try [BoundingBox](from: &reader)
      case "lineNumbers": lineNumbers = try reader.decode([Int].self)
      case "lines": lines = try reader.readLines()
      case "marginNotes": marginNotes = try reader.decode([Int].self)
      case "rules": rules = try reader.decode([RulingLine].self)
      case "separators": separators = try [BoundingBox](from: &reader)
      case "size": size = try reader.decode(PageSize.self)
      case "turn": turn = try reader.readTurn()
      default: try reader.skipValue()
      }
    }
    self.init(
      size: try reader.require(size, "size"), turn: try reader.require(turn, "turn"),
      lines: try reader.require(lines, "lines"), blocks: try reader.require(blocks, "blocks"),
      columns: try reader.require(columns, "columns"), rules: try reader.require(rules, "rules"),
      separators: try reader.require(separators, "separators"),
      imageAreas: try reader.require(imageAreas, "imageAreas"), dropped: try reader.require(dropped, "dropped"),
      lineNumbers: lineNumbers, marginNotes: marginNotes)
  }
}
