import CanonicalJSON
import Testing

@Suite("A JSON Patch")
struct JSONPatchTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let document: String
    let patch: String
    /// Nil where it is refused.
    let result: String?

    init(_ name: String, _ document: String, _ patch: String, _ result: String?) {
      testDescription = name
      (self.document, self.patch, self.result) = (document, patch, result)
    }
  }

  /// RFC 6902, appendix A, and the edges around it.
  static let examples = [
    Example("A.1", #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"baz":"qux","foo":"bar"}"#),
    Example(
      "A.2", #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
      #"{"foo":["bar","qux","baz"]}"#),
    Example("A.3", #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":"bar"}"#),
    Example("A.4", #"{"foo":["bar","qux","baz"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["bar","baz"]}"#),
    Example(
      "A.5", #"{"baz":"qux","foo":"bar"}"#, #"[{"op":"replace","path":"/baz","value":"boo"}]"#,
      #"{"baz":"boo","foo":"bar"}"#),
    Example(
      "A.6", #"{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}"#,
      #"[{"op":"move","from":"/foo/waldo","path":"/qux/thud"}]"#,
      #"{"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}"#),
    Example(
      "A.7", #"{"foo":["all","grass","cows","eat"]}"#, #"[{"op":"move","from":"/foo/1","path":"/foo/3"}]"#,
      #"{"foo":["all","cows","eat","grass"]}"#),
    Example(
      "A.8", #"{"baz":"qux","foo":["a",2,"c"]}"#,
      #"[{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}]"#,
      #"{"baz":"qux","foo":["a",2,"c"]}"#),
    Example("A.9", #"{"baz":"qux"}"#, #"[{"op":"test","path":"/baz","value":"bar"}]"#, nil),
    Example(
      "A.10", #"{"foo":"bar"}"#, #"[{"op":"add","path":"/child","value":{"grandchild":{}}}]"#,
      #"{"child":{"grandchild":{}},"foo":"bar"}"#),
    Example(
      "A.11", #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux","xyz":123}]"#, #"{"baz":"qux","foo":"bar"}"#
    ),
    Example("A.12", #"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz/bat","value":"qux"}]"#, nil),
    Example("A.14", #"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":10}]"#, #"{"/":9,"~1":10}"#),
    Example("A.15", #"{"/":9,"~1":10}"#, #"[{"op":"test","path":"/~01","value":"10"}]"#, nil),
    Example(
      "A.16", #"{"foo":["bar"]}"#, #"[{"op":"add","path":"/foo/-","value":["abc","def"]}]"#,
      #"{"foo":["bar",["abc","def"]]}"#),
    Example("copies", #"{"a":[1]}"#, #"[{"op":"copy","from":"/a","path":"/b"}]"#, #"{"a":[1],"b":[1]}"#),
    Example("replaces the whole", #"{"a":1}"#, #"[{"op":"replace","path":"","value":[]}]"#, "[]"),
    Example("removes no whole", #"{"a":1}"#, #"[{"op":"remove","path":""}]"#, nil),
    Example("replaces only what is there", #"{"a":1}"#, #"[{"op":"replace","path":"/b","value":1}]"#, nil),
    Example("moves nothing into itself", #"{"a":{}}"#, #"[{"op":"move","from":"/a","path":"/a/b"}]"#, nil),
    Example("adds nothing beyond an array", "[1]", #"[{"op":"add","path":"/2","value":1}]"#, nil),
    Example("knows its operations", "{}", #"[{"op":"put","path":"/a","value":1}]"#, nil),
    Example("needs a value", "{}", #"[{"op":"add","path":"/a"}]"#, nil),
    Example("is a list", "{}", #"{"op":"add","path":"/a","value":1}"#, nil),
    Example("all or none", #"{"a":1}"#, #"[{"op":"remove","path":"/a"},{"op":"remove","path":"/a"}]"#, nil),
  ]

  @Test("does what RFC 6902 says", arguments: examples)
  func applies(example: Example) throws {
    let document = try CanonicalDecoder().decode(JSONValue.self, from: Array(example.document.utf8))
    let patch = try CanonicalDecoder().decode(JSONValue.self, from: Array(example.patch.utf8))
    guard let result = example.result else {
      #expect(throws: JSONFault.self) { _ = try JSONPatch(patch).applied(to: document) }
      return
    }
    let patched = try JSONPatch(patch).applied(to: document)
    #expect(String(decoding: try patched.canonicalBytes, as: UTF8.self) == result)
  }

  @Test("that does not fit says where and with which operation")
  func place() throws {
    let patch = JSONPatch([.add(JSONPointer(["a"]), 1), .test(JSONPointer(["b", "c"]), 2)])
    #expect { _ = try patch.applied(to: ["b": ["c": 3]]) } throws: { error in
      "\(error)" == "/b/c: is not what the patch tests for (operation 1 of the patch)"
    }
  }
}
