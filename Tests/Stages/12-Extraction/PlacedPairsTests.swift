import Contracts
import DocumentModel
import TestSupport
import Testing

@testable import Extraction

@Suite("Pairs that only places tell")
struct PlacedPairsTests {
  private static func pairs(_ type: DocumentClass = .form, _ build: (inout DocumentBuilder) -> Void) throws -> [String]
  {
    var document = DocumentBuilder(type)
    build(&document)
    return try document.extract().pairs.map { "\($0.label)=\($0.value)" }
  }

  private static let expected = [
    "Name of applicant=Jane Doe", "Address=12 High Street", "Number of tables (max. 4)=2",
    "Wished first day of the tenancy=01.07.2026",
  ]

  private static func form(_ document: inout DocumentBuilder) {
    document.line("Application for a stall", y: 40)
    document.lines(["Name of", "applicant"], y: 100)
    document.line("Jane Doe", x: 200, y: 112)
    document.line("Address", y: 142)
    document.line("12 High Street", x: 200, y: 142)
    document.lines(["Number of tables", "(max. 4)"], y: 172)
    document.line("2", x: 200, y: 172)
    document.lines(["Wished first", "day of the", "tenancy"], y: 212)
    document.line("01.07.2026", x: 200, y: 212)
    document.line("Sign here", y: 300)
  }

  @Test("labels of several lines in a column go with the values beside them")
  func beside() throws {
    #expect(try Self.pairs(.form, Self.form) == Self.expected)
    #expect(try Self.pairs(.report, Self.form).isEmpty)
  }

  @Test("of one value the label that goes on below a table counts")
  func merged() {
    func pair(_ label: String, _ value: String, top: Double) -> KeyValuePair {
      let place = Provenance(page: 1, box: BoundingBox(left: 200, top: top, right: 300, bottom: top + 10), words: [])
      return KeyValuePair(
        label: label, value: value, labelProvenance: place, valueProvenance: place, confidence: .certain)
    }
    let told = [pair("Town", "Bath", top: 100), pair("Wished first", "01.07.2026", top: 120)]
    let placed = [pair("Wished first day", "01.07.2026", top: 120), pair("Age", "44", top: 140)]
    #expect(PlacedPairs.merged(told, placed).map(\.label) == ["Town", "Wished first day", "Age"])
  }

  @Test("rows of a list are no labels with their values")
  func lists() throws {
    let pairs = try Self.pairs { document in
      for (index, row) in [("Mini Mart", "65/3"), ("Star Enterprise", "?"), ("Chevron", "7")].enumerated() {
        document.line(row.0, y: 100 + 30 * Double(index))
        document.line(row.1, x: 200, y: 100 + 30 * Double(index))
      }
    }
    #expect(pairs.isEmpty)
  }
}
