import DocumentModel
import Testing

@Suite("Powers and marks of notes")
struct ExponentPlaceTests {
  @Test(
    "a raised figure behind a variable, a unit, a number or a term is a power",
    arguments: ["E = mc", "an area of 12 m", "10 km", "(t − γ)", "1.5 × 10"])
  func powers(before: String) {
    #expect(ExponentPlace.holds("2", before: before, style: before == "E = mc" ? .italic : [], after: " "))
  }

  @Test(
    "behind words, years and names it is a mark",
    arguments: [
      "as Aristotle", "the end.", "(see below)", "(id=87)", "in 1998", "First7 Last7", "J. Lienhard V", "of it", "",
    ])
  func marks(before: String) {
    #expect(!ExponentPlace.holds("2", before: before, style: before == "as Aristotle" ? .italic : [], after: " "))
  }

  @Test("a letter is a mark behind a number, and a script behind a variable or a script")
  func letters() {
    #expect(!ExponentPlace.holds("a", before: "12.5", style: [], after: nil))
    #expect(ExponentPlace.holds("c", before: "r", style: .italic, after: " "))
    #expect(ExponentPlace.holds("1", before: "x", style: .subscript, after: " "))
  }

  @Test("a mark that a bracket holds alone or behind a number is part of what it says")
  func brackets() {
    #expect(ExponentPlace.holds("a", before: "(", style: [], after: ")"))
    #expect(ExponentPlace.holds("a", before: "(12", style: [], after: ")"))
    #expect(!ExponentPlace.holds("a", before: "(as said", style: [], after: ")"))
  }
}
