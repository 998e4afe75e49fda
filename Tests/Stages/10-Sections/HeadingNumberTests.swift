import Testing

@testable import Sections

@Suite("Heading numbers")
struct HeadingNumberTests {
  @Test(
    "numbers are read as printed",
    arguments: [
      ("1 Introduction", "1", "Introduction"), ("2. Methods", "2.", "Methods"), ("1.2 Aim", "1.2", "Aim"),
      ("1.2.3. Aim", "1.2.3.", "Aim"), ("A. Proofs", "A.", "Proofs"), ("A.1 Lemma", "A.1", "Lemma"),
      ("IV. Results", "IV.", "Results"),
      ("(a) Scope", "(a)", "Scope"), ("b) Scope", "b)", "Scope"), ("(iii) Scope", "(iii)", "Scope"),
      ("Chapter 3 The Sea", "Chapter 3", "The Sea"), ("CHAPTER IV", "CHAPTER IV", ""),
      ("Chapter One: Start", "Chapter One", "Start"), ("CHAPTER TWENTYONE END", "CHAPTER TWENTYONE", "END"),
      ("§ 5 Haftung", "§ 5", "Haftung"), ("§12 Haftung", "§12", "Haftung"), ("Appendix B. Data", "Appendix B.", "Data"),
      ("Article 7: Duties", "Article 7", "Duties"), ("Teil 2 Folgen", "Teil 2", "Folgen"),
      ("II Methods", "II", "Methods"),
    ])
  func reads(text: String, printed: String, rest: String) throws {
    let number = try #require(HeadingNumber(text))
    #expect(number.printed == printed)
    #expect(number.rest == rest)
  }

  @Test(
    "words and quantities are no numbers",
    arguments: [
      "Introduction", "A Study of Things", "I am here", "2 of the best", "2012 in Review", "1984", "", "Part of it all",
      "Mr. Smith", "300 Years", "3.5.a Odd", "1..2 Odd", "€ 5",
    ])
  func refuses(text: String) {
    #expect(HeadingNumber(text) == nil)
  }

  @Test(
    "titles are compared by their words",
    arguments: [
      ("1 Introduction", "INTRODUCTION", true), ("Results and Discussion", "Results and discussion.", true),
      ("Methods of measurement", "Meth0ds of measurement", true),
      ("A long title that was", "A long title that was cut off", true),
      ("Results", "Methods", false), ("", "Methods", false), ("The", "The end", false), ("Part A", "Part B", false),
    ])
  func titles(a: String, b: String, same: Bool) {
    #expect(PlainTitle(a).matches(PlainTitle(b)) == same)
    #expect(PlainTitle(b).matches(PlainTitle(a)) == same)
  }
}
