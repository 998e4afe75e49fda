import CanonicalJSON
import Testing

@Suite struct JSONValueTests {
  private let value: JSONValue = ["a": [1, 2.5, nil, true, "x"], "b": ["c": 3.0]]

  @Test("members are found, and strangers are nil")
  func access() {
    #expect(value["a"]?[0]?.int == 1)
    #expect(value["a"]?[1]?.double == 2.5)
    #expect(value["a"]?[1]?.int == nil)
    #expect(value["a"]?[2]?.isNull == true)
    #expect(value["a"]?[3]?.bool == true)
    #expect(value["a"]?[4]?.string == "x")
    #expect(value["a"]?[5] == nil && value["a"]?[-1] == nil && value["z"] == nil && value["a"]?["z"] == nil)
    #expect(value["b"]?["c"]?.int == 3)
  }

  @Test("a whole number equals the integer that is written alike")
  func wholeNumbers() {
    #expect(JSONValue.number(3) == .integer(3))
    #expect(Set([JSONValue.number(3), .integer(3), .number(3.5)]).count == 2)
    #expect(JSONValue.number(9223372036854775808) != .integer(.max))
  }

  @Test("texts and names are equal that are written alike, not those that Unicode takes for the same")
  func texts() {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    #expect(composed == decomposed)
    #expect(JSONValue.string(composed) != .string(decomposed))
    #expect(JSONValue.string(composed) == .string("caf" + "\u{E9}"))
    #expect(JSONValue.object([composed: .null]) != .object([decomposed: .null]))
    #expect(JSONValue.object([composed: .integer(1), "b": .null]) == .object(["b": .null, composed: .number(1)]))
  }

  @Test("its canonical bytes have sorted keys")
  func canonicalBytes() throws {
    #expect(String(decoding: try value.canonicalBytes, as: UTF8.self) == #"{"a":[1,2.5,null,true,"x"],"b":{"c":3}}"#)
  }
}
