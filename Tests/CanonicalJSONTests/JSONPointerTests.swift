import CanonicalJSON
import Testing

@Suite("A JSON Pointer")
struct JSONPointerTests {
  /// The examples of RFC 6901, section 5.
  static let document: JSONValue = [
    "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8,
  ]
  static let places: [(String, JSONValue)] = [
    ("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3), ("/g|h", 4),
    ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8),
  ]

  @Test("finds what RFC 6901 says, and is written as it was read", arguments: places)
  func examples(text: String, value: JSONValue) throws {
    let pointer = try #require(JSONPointer(text))
    #expect(Self.document[pointer] == value)
    #expect(pointer.description == text)
  }

  @Test("that is empty is the whole value")
  func whole() { #expect(Self.document[JSONPointer()] == Self.document) }

  @Test("is refused without its slash or with a stray tilde", arguments: ["foo", "/~", "/~2", "/a~"])
  func malformed(text: String) { #expect(JSONPointer(text) == nil) }

  @Test(
    "finds nothing beyond an array, nor by numbers with leading zeros",
    arguments: ["/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/none/x"])
  func nothing(text: String) throws { #expect(Self.document[try #require(JSONPointer(text))] == nil) }
}
