import Contracts
import TestSupport
import Testing

@testable import Extraction

@Suite("Positions without names of columns")
struct UnnamedItemsTests {
  private static func items(_ rows: [(String, String)], _ type: DocumentClass = .invoice) throws -> [LineItem] {
    var document = DocumentBuilder(type)
    for (index, row) in rows.enumerated() {
      document.line(row.0, y: 300 + 14 * Double(index))
      document.words([row.1], gap: 0, right: 550, y: 300 + 14 * Double(index))
    }
    return try document.extract().lineItems
  }

  private static let sums = [("Summe netto", "1.126,40"), ("19 % MwSt.", "214,02"), ("Rechnungsbetrag", "1.340,42")]

  @Test("rows of words and amounts that add up to the net sum are positions; what multiplies is quantity and price")
  func sentences() throws {
    let items = try Self.items(
      [
        ("14 Std. Dacharbeiten à 58,00", "812,00"), ("Ziegel rot 42 Stück x 3,20 €", "134,40"),
        ("Anfahrt und Gerüst", "180,00"),
      ] + Self.sums)
    #expect(items.map(\.description) == ["Dacharbeiten", "Ziegel rot", "Anfahrt und Gerüst"])
    #expect(items.map(\.quantity) == ["14", "42", nil])
    #expect(items.map(\.unitPrice) == ["58.00", "3.20", nil])
    #expect(items.map(\.amount) == ["812.00", "134.40", "180.00"])
  }

  @Test("a position's text may go on in lines without an amount")
  func wrapped() throws {
    let items = try Self.items(
      [("Dacharbeiten", "946,40"), ("am 27. April", ""), ("Anfahrt", "180,00")] + Self.sums)
    #expect(items.map(\.amount) == ["946.40", "180.00"])
  }

  @Test("rows that do not add up are none")
  func unproven() throws {
    #expect(try Self.items([("Guthaben", "812,00"), ("Vorjahr", "130,00")] + Self.sums).isEmpty)
  }

  @Test("one row that is as much as the sum is none, unless it multiplies")
  func single() throws {
    #expect(try Self.items([("Leistungsstand", "1.126,40")] + Self.sums).isEmpty)
    #expect(try Self.items([("512 Ziegel zu 2,20", "1.126,40")] + Self.sums).map(\.quantity) == ["512"])
  }

  @Test("what is paid and given back at a cash desk is none")
  func receipts() throws {
    #expect(try Self.items([("Ware", "5,00"), ("Bar", "15,00"), ("Summe", "20,00")], .receipt).isEmpty)
  }
}
