import StageKit
import Testing

@Suite("The nearest name")
struct NearestNameTests {
  @Test(
    "is what was meant",
    arguments: [
      ("langauges", "languages"), ("Languages", "languages"), ("ocr", "ocr"), ("layuot", "layout"), ("tabel", "tables"),
      ("clasification", "classification"),
    ])
  func near(typed: String, meant: String) {
    #expect(NearestName.of(typed, in: ["languages", "ocr", "layout", "tables", "classification"]) == meant)
  }

  @Test("is none where nothing is near", arguments: ["", "xyzzy", "completely different"])
  func far(typed: String) { #expect(NearestName.of(typed, in: ["languages", "layout"]) == nil) }

  @Test("of two equally near ones is the first, and hostile lengths cost nothing")
  func bounds() {
    #expect(NearestName.of("ac", in: ["ab", "ad"]) == "ab")
    #expect(NearestName.of(String(repeating: "a", count: 1_000_000), in: ["languages"]) == nil)
  }
}
