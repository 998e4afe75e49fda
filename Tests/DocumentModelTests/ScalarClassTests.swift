import DocumentModel
import Testing

@Suite("Letters and spaces")
struct ScalarClassTests {
  @Test("are those of Unicode's properties, for every scalar")
  func agree() {
    let scalars = (UInt32(0)...0x10FFFF).lazy.compactMap(Unicode.Scalar.init)
    #expect(scalars.first { $0.isLetter != $0.properties.isAlphabetic } == nil)
    #expect(scalars.first { $0.isSpace != $0.properties.isWhitespace } == nil)
    #expect(scalars.first { $0.isNumeral != ($0.properties.numericType != nil) } == nil)
    #expect(scalars.first { $0.isCapital != $0.properties.isUppercase } == nil)
    #expect(scalars.first { $0.isSmall != $0.properties.isLowercase } == nil)
    #expect(scalars.first { $0.category != $0.properties.generalCategory } == nil)
  }
}
