import Testing

@testable import Assembly

@Suite("Words as told")
struct WordTextTests {
  @Test(
    "odd Unicode is told in plain letters",
    arguments: [
      ("plain", "plain"), ("ﬁnal", "final"), ("oﬃce", "office"), ("e\u{301}tude", "\u{E9}tude"), ("so\u{AD}ft", "soft"),
      ("10\u{A0}000", "10 000"), ("a\u{200B}b\u{FEFF}c", "abc"), ("a\u{1}b", "ab"), ("\u{F0B7}", "•"),
      ("\u{E001}\u{E002}x", "\u{FFFD}x"), ("\u{202E}abc\u{202C}", "abc"), ("می\u{200C}خواهم", "می\u{200C}خواهم"),
      ("soft\u{AD}", "soft\u{AD}"), ("\u{AD}", ""), ("", ""), ("\u{A0}x\u{A0}", "x"),
      ("art\u{131}\u{301}culo", "art\u{ED}culo"), ("\u{237}\u{302}", "\u{135}"), ("\u{131}\u{323}", "\u{131}\u{323}"),
      ("\u{FB90}\u{FE98}\u{FE8E}\u{FE91}", "كتاب".replacing("ك", with: "ک")), ("\u{FE83}\u{FEFC}", "أ" + "لا"),
    ])
  func normalises(text: String, told: String) {
    #expect(Array(WordText.normalised(text).unicodeScalars) == Array(told.unicodeScalars))
  }
}
