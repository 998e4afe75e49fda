import DocumentModel
import Testing

@Suite("Words for numbers")
struct NumberWordTests {
  @Test(
    "words that count are read in any case, tens and ones apart or together",
    arguments: [
      ("One", 1), ("TWELVE", 12), ("nineteen", 19), ("twenty", 20), ("TWENTYONE", 21), ("Thirty-Two", 32),
      ("seventy-three", 73), ("ninetynine", 99),
    ])
  func words(text: String, value: Int) {
    #expect(NumberWord.value(text) == value)
  }

  @Test("other words count nothing", arguments: ["", "none", "twentyten", "twenty-", "onetwo", "twenty--one", "sixth"])
  func others(text: String) {
    #expect(NumberWord.value(text) == nil)
  }
}
