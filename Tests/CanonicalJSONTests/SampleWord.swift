import CanonicalJSON
import TestSupport

/// A word with its box, as later models have it, written both by synthesized `Codable` and by hand.
struct SampleBox: Codable, Hashable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double
}

struct SampleWord: Codable, Hashable {
  var text: String
  var box: SampleBox
  var confidence: Double
  var font: Int?
  var joinsNext: Bool

  /// The same members without the fast path.
  struct Plain: Codable, Hashable {
    struct Box: Codable, Hashable {
      var left: Double
      var top: Double
      var right: Double
      var bottom: Double
    }
    var text: String
    var box: Box
    var confidence: Double
    var font: Int?
    var joinsNext: Bool
  }

  var plain: Plain {
    Plain(
      text: text, box: .init(left: box.left, top: box.top, right: box.right, bottom: box.bottom),
      confidence: confidence, font: font, joinsNext: joinsNext)
  }

  static func random(_ generator: inout SeededGenerator) -> SampleWord {
    SampleWord(
      text: generator.text(),
      box: .init(
        left: generator.decimal(), top: generator.decimal(), right: generator.decimal(), bottom: generator.decimal()),
      confidence: Double(generator.below(10_001)) / 10_000, font: generator.below(2) == 0 ? nil : generator.below(9),
      joinsNext: generator.below(2) == 0)
  }
}

extension SampleBox: CanonicalEncodable, CanonicalDecodable {
  func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    writer.key("bottom")
    try writer.number(bottom)
    writer.key("left")
    try writer.number(left)
    writer.key("right")
    try writer.number(right)
    writer.key("top")
    try writer.number(top)
    writer.endObject()
  }

  init(from reader: inout CanonicalReader) throws {
    var left: Double?, top: Double?, right: Double?, bottom: Double?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "bottom": bottom = try reader.readNumber()
      case "left": left = try reader.readNumber()
      case "right": right = try reader.readNumber()
      case "top": top = try reader.readNumber()
      default: try reader.skipValue()
      }
    }
    self.init(
      left: try reader.require(left, "left"), top: try reader.require(top, "top"),
      right: try reader.require(right, "right"), bottom: try reader.require(bottom, "bottom"))
  }
}

extension SampleWord: CanonicalEncodable, CanonicalDecodable {
  func encode(into writer: inout CanonicalWriter) throws {
    writer.beginObject()
    writer.key("box")
    try box.encode(into: &writer)
    writer.key("confidence")
    try writer.number(confidence)
    if let font {
      writer.key("font")
      writer.integer(font)
    }
    writer.key("joinsNext")
    writer.bool(joinsNext)
    writer.key("text")
    writer.string(text)
    writer.endObject()
  }

  init(from reader: inout CanonicalReader) throws {
    var text: String?, box: SampleBox?, confidence: Double?, font: Int?, joinsNext: Bool?
    try reader.beginObject()
    while let key = try reader.nextKey() {
      switch key {
      case "box": box = try reader.read(SampleBox.self)
      case "confidence": confidence = try reader.readNumber()
      case "font": font = try reader.readIfPresent()
      case "joinsNext": joinsNext = try reader.readBool()
      case "text": text = try reader.readString()
      default: try reader.skipValue()
      }
    }
    self.init(
      text: try reader.require(text, "text"), box: try reader.require(box, "box"),
      confidence: try reader.require(confidence, "confidence"), font: font,
      joinsNext: try reader.require(joinsNext, "joinsNext"))
  }
}
