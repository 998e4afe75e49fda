import CanonicalJSON
import TestSupport
import Testing

@Suite struct CanonicalReaderTests {
  private func decoded(_ text: String) throws -> JSONValue {
    try CanonicalDecoder().decode(from: text.utf8)
  }

  @Test("values survive a round trip by both paths", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let value = generator.value(depth: 5)
    let bytes = try value.canonicalBytes
    #expect(try CanonicalDecoder().decode(JSONValue.self, from: bytes) == value)
    #expect(try CanonicalDecoder().decode(Unhurried<JSONValue>.self, from: bytes).value == value)
    #expect(try JSONText.canonicalized(bytes) == bytes)
    #expect(try JSONText.canonicalized(JSONText.prettyPrinted(bytes)) == bytes)
  }

  @Test(
    "JSON as people write it is read",
    arguments: [
      (" { \"a\" :\t[ 1 , 2 ]\r\n} \n", ["a": [1, 2]]), (#""\u0041\u00e9\ud83d\ude00\/\b""#, "Aé😀/\u{8}"),
      ("1e3", 1000), ("1.50E+1", 15), ("-0.0", 0), ("-0", 0), ("25e-1", 2.5), ("1E400e", nil), ("[]", []), ("{}", [:]),
      ("123456789012345678901234567890", 123456789012345678901234567890.0), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(9223372036854775808)),
      ("0.1000000000000000055511151231257827", 0.1), ("1e-400", 0), (#"{"\u0061":1}"#, ["a": 1]),
    ] as [(String, JSONValue?)])
  func lenient(text: String, expected: JSONValue?) throws {
    guard let expected else {
      #expect(throws: DecodingError.self) { try decoded(text) }
      return
    }
    #expect(try decoded(text) == expected)
  }

  @Test("numbers are read as Swift reads them")
  func numbers() throws {
    var generator = SeededGenerator(3)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let read = try CanonicalReader.read(value.description.utf8) { try $0.readNumber() }
      #expect(read == value)
    }
  }

  @Test("an envelope's payload is lifted out as it stands")
  func liftsPayload() throws {
    let text = #"{"format":"x","payload":{"b": [1,"}"],"a":null},"unit":{"page":7}}"#
    let payload = try CanonicalReader.read(text.utf8) { reader -> [UInt8] in
      var payload: [UInt8] = []
      try reader.beginObject()
      while let key = try reader.nextKey() {
        if key == "payload" { payload = try reader.rawValue() } else { try reader.skipValue() }
      }
      return payload
    }
    #expect(String(decoding: payload, as: UTF8.self) == #"{"b": [1,"}"],"a":null}"#)
  }

  @Test("integers that do not fit their type are refused, whole decimals taken")
  func integers() throws {
    #expect(try CanonicalDecoder().decode(Int.self, from: "12.0".utf8) == 12)
    #expect(try CanonicalDecoder().decode(UInt8.self, from: "255".utf8) == 255)
    for text in ["256", "-1", "1.5", "1e300", "1e999999999999"] {
      #expect(throws: DecodingError.self, "\(text)") { try CanonicalDecoder().decode(UInt8.self, from: text.utf8) }
    }
  }

  @Test("an enum's raw value is read, and a stranger told by name")
  func cases() throws {
    enum Colour: String { case red, green }
    #expect(try CanonicalReader.read(#""red""#.utf8) { try $0.readCase(Colour.self) } == .red)
    #expect(throws: CanonicalJSONError(.invalidValue("\"blue\" is no Colour"), at: 1)) {
      try CanonicalReader.read(#" "blue""#.utf8) { try $0.readCase(Colour.self) }
    }
  }
}
