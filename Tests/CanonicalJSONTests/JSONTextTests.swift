import CanonicalJSON
import Testing

@Suite struct JSONTextTests {
  @Test("pretty text has two blanks per level and keeps the order of keys")
  func pretty() throws {
    let text = #"{"b":[1,{"x":[]}],"a":{},"s":"a\"b"}"#
    let expected = """
      {
        "b": [
          1,
          {
            "x": []
          }
        ],
        "a": {},
        "s": "a\\"b"
      }
      """
    #expect(String(decoding: try JSONText.prettyPrinted(text.utf8), as: UTF8.self) == expected)
  }

  @Test(
    "edited JSON becomes canonical",
    arguments: [
      (" { \"b\" : 1.0, \"a\" : -0.00 }\n", #"{"a":0,"b":1}"#), (#"["\u00e9\/\u001F"]"#, "[\"é/\\u001f\"]"),
      ("[1e2,18446744073709551615,0.123456]", "[100,18446744073709551615,0.1235]"),
      (#"{"\uFF5E":1,"\ud83d\ude00":2,"a\u0022":3,"a#":4}"#, "{\"a\\\"\":3,\"a#\":4,\"\u{FF5E}\":1,\"😀\":2}"),
    ])
  func canonical(text: String, expected: String) throws {
    #expect(String(decoding: try JSONText.canonicalized(text.utf8), as: UTF8.self) == expected)
  }

  @Test("keys that Unicode holds equal stay two keys")
  func equivalentKeys() throws {
    let text = "{\"e\u{301}\":1,\"\u{e9}\":2}"
    #expect(try JSONText.canonicalized(text.utf8) == Array(text.utf8))
  }
}
