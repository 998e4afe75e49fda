import DocumentModel
import Testing

@Suite("Addresses over the end of a line")
struct AddressBreakTests {
  @Test(
    "an address goes on where its last sign and the next word say so",
    arguments: [
      ("http://www.example.org/some/", "group/~pepe.html", true), ("https:", "//example.org/a", true),
      ("(http://www.", "example.com/archive/a.pdf", true), ("https://example.org/a-", "b", true),
      ("https://example.org/item?id=", "12", true), ("https://example.org", "/a/b.html", true),
      ("http://example.org/", "and", false), ("http://example.org.", "then", false), ("and/", "or/not", false),
      ("http://example.org/", "https://example.com/", false), ("http://example.org/", "The/A", false),
      ("https://example.org.", "(See", false), ("note:", "//", false), ("http://example.org", "html", false),
    ])
  func goesOn(before: String, after: String, wanted: Bool) {
    #expect(AddressBreak.goesOn(before, after) == wanted)
  }

  @Test("in type of fixed width a tilde or a full stop is enough")
  func code() {
    #expect(AddressBreak.goesOn("http://example.edu/", "~name", isSameCode: true))
    #expect(AddressBreak.goesOn("http://www.example.", "org", isSameCode: true) == false)
    #expect(AddressBreak.goesOn("http://mirrors.", "example.org", isSameCode: true))
  }
}
