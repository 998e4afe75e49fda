import CanonicalJSON
import DocumentModel
import StageKit

// Six stages read a page's words: they come straight from the text, without a look ahead at where each member stands.
extension OCROutput: CanonicalDecodable {
  package init(from reader: inout CanonicalReader) throws {
    var source: Source?
    var turn: QuarterTurn?
    var skew: Double?
    var languages: [String]?
    var passes: Int?
    var fonts: [Font]?
    var words: [Word]?
    var formFields: [FormField]?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "fonts": fonts = try reader.decode([Font].self)
      case "formFields": formFields = reader.readNullIfPresent() ? nil : try reader.decode([FormField].self)
      case "languages": languages = try [String](from: &reader)
      case "passes": passes = try reader.readInteger(as: Int.self)
      case "skew": skew = try reader.readNumber()
      case "source": source = try reader.readCase(Source.self)
      case "turn": turn = try reader.readTurn()
      case "words": words = try reader.readWords()
      default: try reader.skipValue()
      }
    }
    self.init(
      source: try reader.require(source, "source"), turn: try reader.require(turn, "turn"),
      skew: try reader.require(skew, "skew"), languages: try reader.require(languages, "languages"),
      passes: try reader.require(passes, "passes"), fonts: try reader.require(fonts, "fonts"),
      words: try reader.require(words, "words"), formFields: formFields ?? [])
  }
}
