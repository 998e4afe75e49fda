@testable import Ledger
import StageKit
import Testing

@Suite("Units' names in the ledger")
struct UnitIDLedgerTests {
  private static let units: [UnitID] = StageID.allCases.flatMap { stage -> [UnitID] in
    let pages = [1, 2, 9, 10, 99, 100, 9_999, 10_000, 9_999_999].map { UnitID(stage, .page($0)) }
    let formats = stage == .export ? ExportFormat.allCases.map { UnitID(stage, .format($0.rawValue)) } : []
    return [UnitID(stage)] + pages + formats.sorted()
  }

  @Test("a unit's name leads back to it", arguments: units)
  func roundTrip(unit: UnitID) { #expect(UnitID(ledgerName: unit.ledgerName) == unit) }

  @Test("names sort as units do")
  func sorting() {
    #expect(Self.units == Self.units.sorted())
    let names = Self.units.map { Array($0.ledgerName.utf8) }
    #expect(zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
  }

  @Test(
    "other texts are no units", arguments: ["", "3", "03", "03-OCR", "03-layout", "00-ocr", "99-ocr", "/", "ocr/7"])
  func strange(text: String) { #expect(UnitID(ledgerName: text) == nil) }
}
