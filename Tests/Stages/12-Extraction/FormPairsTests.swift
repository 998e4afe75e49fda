import Contracts
import DocumentModel
import Testing

@Suite("Extraction: pairs of forms")
struct FormPairsTests {
  private func pairs(_ build: (inout DocumentBuilder) -> Void) throws -> [String] {
    var document = DocumentBuilder()
    build(&document)
    return try document.extract().pairs.map { "\($0.label)=\($0.value)" }
  }

  @Test("a field is called what is printed left of it, and its value is told once")
  func left() throws {
    let pairs = try pairs {
      $0.line("Full name:", y: 100)
      $0.line("Maria Lindqvist", x: 200, y: 100)
      $0.field("t1", x: 198, y: 100, value: "Maria Lindqvist")
    }
    #expect(pairs == ["Full name=Maria Lindqvist"])
  }

  @Test("of what is printed left and above, that is its label which the form's own name is like")
  func named() throws {
    let pairs = try pairs {
      $0.line("State", x: 50, y: 100)
      $0.line("Ohio", x: 50, y: 112)
      $0.field("State", x: 50, y: 112, width: 60, value: "Ohio")
      $0.line("Zip code", x: 150, y: 100)
      $0.line("44101", x: 150, y: 112)
      $0.field("zip_code", x: 150, y: 112, width: 60, value: "44101")
    }
    #expect(pairs == ["State=Ohio", "Zip code=44101"])
  }

  @Test("where nothing is printed beside it, the form's label is taken, else its name")
  func unprinted() throws {
    let pairs = try pairs {
      $0.line("Ohio", x: 50, y: 112)
      $0.field("f1", label: "Home state", x: 50, y: 112, value: "Ohio")
      $0.line("44101", x: 50, y: 300)
      $0.field("homeAddress.zipCode", x: 50, y: 300, value: "44101")
    }
    #expect(pairs == ["Home state=Ohio", "home address zip code=44101"])
  }

  @Test("a button is called what is printed right of it, up to the next one")
  func buttons() throws {
    let pairs = try pairs {
      $0.line("Female", x: 70, y: 100)
      $0.field("sex", kind: .radio, x: 55, y: 100, width: 12, value: "on")
      $0.line("Male", x: 135, y: 100)
      $0.field("sex", kind: .radio, x: 120, y: 100, width: 12, value: "off")
    }
    #expect(pairs == ["Female=☑", "Male=☐"])
  }

  @Test("provenance names the field's place and the words of both")
  func provenance() throws {
    var document = DocumentBuilder()
    document.line("Full name", y: 100)
    document.line("Maria Lindqvist", x: 200, y: 100)
    document.field("t1", x: 198, y: 100, value: "Maria Lindqvist")
    let pair = try #require(try document.extract().pairs.first)
    #expect(pair.labelProvenance.words == [0, 1])
    #expect(pair.valueProvenance.words == [2, 3])
    #expect(pair.valueProvenance.box == BoundingBox(left: 198, top: 99, right: 318, bottom: 111))
  }
}
