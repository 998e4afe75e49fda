import DocumentModel
import Testing

@Suite("Roman numerals")
struct RomanNumeralTests {
  @Test("numerals are read only where they are well formed", arguments: 1..<400)
  func numerals(value: Int) {
    #expect(RomanNumeral.value(RomanNumeral.written(value)) == value)
    #expect(RomanNumeral.value(RomanNumeral.written(value).uppercased()) == value)
  }

  @Test(
    "malformed numerals are refused", arguments: ["iiii", "vx", "ic", "iix", "", "abc", "ivi", "mix", "ccclxxxviiii"])
  func malformed(text: String) {
    #expect(RomanNumeral.value(text) == nil)
  }
}
