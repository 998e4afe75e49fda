import CanonicalJSON
import DocumentModel
import StageKit
import Testing

@Suite("The end of coordinates")
struct CoordinateLimitTests {
  @Test("what an edit puts beyond all paper is brought back when it is read")
  func read() throws {
    func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
      try CanonicalDecoder().decode(type, from: Array(text.utf8))
    }
    let size = try decode(PageSize.self, #"{"height":1e300,"width":1e30}"#)
    #expect(size == PageSize(width: 10_000_000, height: 10_000_000))
    let rule = try decode(
      RulingLine.self, #"{"axis":"vertical","end":1e20,"position":-1e20,"start":0,"thickness":1e99}"#)
    #expect(rule == RulingLine(axis: .vertical, position: -1e7, start: 0, end: 1e7, thickness: 1e7))
    #expect(try decode(BoundingBox.self, #"{"bottom":1,"left":0,"right":1e20,"top":0}"#).right == 10_000_000)
  }

  @Test("the schema of a coordinate has the same end")
  func schema() throws {
    var definitions: [String: JSONValue] = [:]
    let schema = Schema.coordinate("An edge.").json(&definitions).object
    #expect(schema?["maximum"]?.double == Quantity.coordinates.upperBound)
    #expect(schema?["minimum"]?.double == Quantity.coordinates.lowerBound)
  }
}
