import CanonicalJSON
import Testing

@Suite struct CanonicalWriterTests {
  private func written(_ value: Double, decimals: Int = 4) throws -> String {
    var writer = CanonicalWriter()
    try writer.number(value, decimals: decimals)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test(
    "numbers keep at most four decimals and have no exponent, −0 or needless zeros",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (1.5, "1.5"), (-1.25, "-1.25"), (0.1, "0.1"), (0.0001, "0.0001"),
      (612.08, "612.08"), (100, "100"), (1000.1, "1000.1"), (0.99995, "1"), (-0.00004, "0"), (0.00004, "0"),
      (0.00006, "0.0001"), (1e15, "1000000000000000"), (1e21, "1000000000000000000000"),
      (-2.5e20, "-250000000000000000000"), (9_007_199_254_740_992, "9007199254740992"),
      (1_234_567_890_123.25, "1234567890123.25"), (.leastNonzeroMagnitude, "0"),
    ] as [(Double, String)])
  func numbers(value: Double, expected: String) throws {
    #expect(try written(value) == expected)
  }

  @Test(
    "a half is rounded away from zero",
    arguments: [
      (0.5, 0, "1"), (-0.5, 0, "-1"), (1.5, 0, "2"), (2.5, 0, "3"), (-2.5, 0, "-3"), (0.125, 2, "0.13"),
      (-0.125, 2, "-0.13"), (0.375, 2, "0.38"), (0.03125, 4, "0.0313"), (-0.03125, 4, "-0.0313"),
      (0.49999999999999994, 0, "0"), (999.995, 2, "1000"),
    ] as [(Double, Int, String)])
  func halves(value: Double, decimals: Int, expected: String) throws {
    #expect(try written(value, decimals: decimals) == expected)
  }

  @Test("the largest number is written in full", arguments: [Double.greatestFiniteMagnitude])
  func largest(value: Double) throws {
    let text = try written(value)
    #expect(text.count == 309 && Double(text) == value)
  }

  @Test("NaN and the infinities are refused", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    #expect(throws: CanonicalJSONError(.notFinite, at: 0)) { try written(value) }
  }

  @Test("integers are written to their limits")
  func integers() {
    var writer = CanonicalWriter()
    writer.beginArray()
    for value in [Int64.min, -10, -1, 0, 9, 10, Int64.max] { writer.integer(value) }
    writer.integer(UInt64.max)
    writer.endArray()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "[-9223372036854775808,-10,-1,0,9,10,9223372036854775807,18446744073709551615]")
  }

  @Test(
    "strings carry only the escapes that JSON demands",
    arguments: [
      ("", #""""#), ("a/b", #""a/b""#), ("\"\\", #""\"\\""#), ("\u{8}\u{c}\n\r\t", #""\b\f\n\r\t""#),
      ("\u{0}\u{1f}\u{b}", #""\u0000\u001f\u000b""#), ("\u{7f}é漢😀", "\"\u{7f}é漢😀\""),
      ("long enough for words\nof eight", #""long enough for words\nof eight""#),
    ])
  func strings(text: String, expected: String) {
    var writer = CanonicalWriter()
    writer.string(text)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
  }

  @Test("commas stand between members and nowhere else")
  func commas() {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("a")
    writer.beginArray()
    writer.endArray()
    writer.key("b")
    writer.beginArray()
    writer.null()
    writer.raw(Array("{}".utf8))
    writer.bool(true)
    writer.endArray()
    writer.key(dynamic: "c\"")
    writer.string(plain: "d")
    writer.endObject()
    #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":[],"b":[null,{},true],"c\"":"d"}"#)
  }
}
