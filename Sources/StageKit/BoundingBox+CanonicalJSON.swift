import CanonicalJSON
import DocumentModel

// Boxes come by the ten thousand: they are written and read without a detour through Codable.
extension BoundingBox: CanonicalEncodable, CanonicalDecodable {
  package func encode(into writer: inout CanonicalWriter) throws {
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

  package init(from reader: inout CanonicalReader) throws {
    var left: Double?
    var top: Double?
    var right: Double?
    var bottom: Double?
    try reader.beginObject()
    if reader.passes("bottom") { bottom = try reader.readNumber() }
    if reader.passes("left") { left = try reader.readNumber() }
    if reader.passes("right") { right = try reader.readNumber() }
    if reader.passes("top") { top = try reader.readNumber() }
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
