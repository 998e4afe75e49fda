import DocumentModel
import Testing

@Suite("Phrases")
struct PhraseIndexTests {
  @Test(
    "words are folded and parted at signs",
    arguments: [
      ("USt.-Id.-Nr.", ["ust", "id", "nr"]), ("Größe", ["grosse"]), ("Échéance", ["echeance"]),
      ("n° 12", ["n", "12"]), ("#42 €", ["#", "42", "€"]), ("e\u{301}t", ["et"]),
    ])
  func folding(text: String, words: [String]) {
    #expect(TextToken.words(of: text) == words)
  }

  @Test("a token knows its place in scalars")
  func places() {
    #expect(TextToken.tokens(of: "Le coût: 5 €").map(\.range) == [0..<2, 3..<7, 9..<10, 11..<12])
  }

  @Test(
    "one misread letter in a long word is forgiven",
    arguments: [
      ("invoice", true), ("invo1ce", true), ("lnvoice", true), ("invoce", true), ("invoicee", true), ("invuace", false),
      ("contact", false), ("contrect", true), ("t0tal", true), ("totel", false),
    ])
  func tolerance(word: String, found: Bool) {
    let index = PhraseIndex(["invoice", "contract", "total"], lookalikes: ["contact"])
    #expect(index.matches(in: TextToken.tokens(of: word)).isEmpty == !found)
  }

  @Test("phrases within phrases are all found, the longest first")
  func nested() {
    let index = PhraseIndex(["total", "total amount", "amount due", "form <number>"])
    let matches = index.matches(in: TextToken.tokens(of: "Total amount due, Form 1040"))
    #expect(matches.map(\.phrase) == [1, 0, 2, 3])
    #expect(matches.map(\.tokens) == [0..<2, 0..<1, 1..<3, 3..<5])
  }
}
