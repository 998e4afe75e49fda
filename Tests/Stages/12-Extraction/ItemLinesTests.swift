import Contracts
import TestSupport
import Testing

@testable import Extraction

@Suite("Line items from lines")
struct ItemLinesTests {
  /// Places of the columns: number, description, quantity, price and amount, the last three flush right.
  private static func row(_ document: inout DocumentBuilder, _ texts: [String], y: Double) {
    for (place, text) in texts.enumerated() where !text.isEmpty {
      let right = [nil, nil, 330.0, 430.0, 540.0][place].map { $0 - 5 * Double(text.unicodeScalars.count) }
      document.line(text, x: right ?? [50.0, 80.0][place], y: y)
    }
  }

  private static let head = ["Pos", "Bezeichnung", "Menge", "Einzelpreis", "Gesamt"]

  @Test("positions are read where no table was seen, however wide their rows stand", arguments: [14.0, 40.0])
  func withoutTable(leading: Double) throws {
    var document = DocumentBuilder(.invoice)
    Self.row(&document, Self.head, y: 100)
    Self.row(&document, ["1", "Schraube M8x40", "200 ST", "0,19", "38,00"], y: 100 + leading)
    Self.row(
      &document, ["2", "Ein sehr langes Maßband, das weit nach rechts", "6 ST", "7,15", "42,90"], y: 100 + 2 * leading)
    Self.row(&document, ["", "", "", "Summe netto", "80,90"], y: 100 + 3 * leading)
    Self.row(&document, ["", "", "", "19 % USt.", "15,37"], y: 100 + 4 * leading)
    let items = try document.extract().lineItems
    #expect(items.map(\.description) == ["Schraube M8x40", "Ein sehr langes Maßband, das weit nach rechts"])
    #expect(items.map(\.quantity) == ["200", "6"])
    #expect(items.map(\.unitPrice) == ["0.19", "7.15"])
    #expect(items.map(\.amount) == ["38.00", "42.90"])
  }

  @Test("positions whose sum is larger than any number are read all the same")
  func hostileSum() throws {
    var document = DocumentBuilder(.invoice)
    Self.row(&document, Self.head, y: 100)
    for row in 0..<120 {
      Self.row(&document, ["1", "Yacht", "1", "999999999999999,99", "999999999999999,99"], y: 112 + Double(row) * 12)
    }
    Self.row(&document, ["", "", "", "Summe netto", "80,90"], y: 112 + 12 * 120)
    let items = try document.extract().lineItems
    #expect(items.count == 120)
  }

  @Test("a text over several lines is one description")
  func wrapped() throws {
    var document = DocumentBuilder(.invoice)
    Self.row(&document, Self.head, y: 100)
    Self.row(&document, ["1", "Verteiler mit", "1", "214,90", "214,90"], y: 116)
    Self.row(&document, ["", "Schutzschalter", "", "", ""], y: 128)
    Self.row(&document, ["2", "Kabel", "45", "1,36", "61,20"], y: 148)
    #expect(try document.extract().lineItems.map(\.description) == ["Verteiler mit Schutzschalter", "Kabel"])
  }

  @Test("heads that stand close together are columns of their own")
  func closeHeads() throws {
    var document = DocumentBuilder(.invoice)
    document.line("Datum", y: 100)
    document.line("Text", x: 110, y: 100)
    document.line("Anz. Preis EUR", x: 330, y: 100)
    document.line("Gesamt EUR", x: 460, y: 100)
    for (place, row) in [("Übernachtung", "1 118,00", "118,00"), ("Tiefgarage", "2 16,00", "32,00")].enumerated() {
      let y = 116 + 14 * Double(place)
      document.line("12.10.26", y: y)
      document.line(row.0, x: 110, y: y)
      document.line(row.1, x: 345, y: y)
      document.line(row.2, x: 480, y: y)
    }
    let items = try document.extract().lineItems
    #expect(items.map(\.quantity) == ["1", "2"])
    #expect(items.map(\.unitPrice) == ["118.00", "16.00"])
  }

  @Test("on the next page the sum carried over is no position")
  func carried() throws {
    var document = DocumentBuilder(.invoice)
    for page in 0..<2 {
      if page > 0 { document.newPage() }
      Self.row(&document, Self.head, y: 100)
      if page > 0 { Self.row(&document, ["", "Übertrag", "", "", "38,00"], y: 114) }
      Self.row(&document, ["\(page)", "Schraube", "200", "0,19", "38,00"], y: 128)
      if page == 0 { Self.row(&document, ["", "Übertrag", "", "", "38,00"], y: 142) }
    }
    #expect(try document.extract().lineItems.map(\.amount) == ["38.00", "38.00"])
  }

  @Test("where the table was read wrong and the lines add up to the total, the lines count")
  func tableReadWrong() throws {
    var document = DocumentBuilder(.invoice)
    document.table([["FACTURA Nº 12 Concepto", "Uds. Precio", "Importe"], ["Puerta", "", "245,00"]], y: 600)
    Self.row(&document, ["", "Concepto", "Uds.", "Precio", "Importe"], y: 100)
    Self.row(&document, ["", "Puerta", "1", "245,00", "245,00"], y: 114)
    Self.row(&document, ["", "Motor", "2", "100,00", "200,00"], y: 128)
    document.line("Base imponible: 445,00", y: 200)
    #expect(try document.extract().lineItems.map(\.description) == ["Puerta", "Motor"])
  }

  @Test("text below the positions and a list of names and values are no positions")
  func others() throws {
    var document = DocumentBuilder(.invoice)
    Self.row(&document, Self.head, y: 100)
    Self.row(&document, ["1", "Schraube", "200", "0,19", "38,00"], y: 114)
    document.line("Bitte zahlen Sie den Betrag von 38,00 innerhalb von vierzehn Tagen auf unser Konto 4711", y: 150)
    document.line("Gläubiger und Betrag", y: 300)
    document.line("Zahlbar 12,00", y: 314)
    #expect(try document.extract().lineItems.map(\.amount) == ["38.00"])
  }

  @Test("amounts whose thousands are parted by a space stay in their columns, however close the next one is")
  func groupedAmounts() throws {
    var document = DocumentBuilder(.invoice)
    for (head, right) in [
      ("Popis", 75.0), ("Počet", 225), ("Cena", 270), ("Částka", 335), ("DPH", 370), ("Celkem", 440),
    ] {
      document.words([head], gap: 0, right: right, y: 100)
    }
    document.words(["Pronájem"], gap: 0, right: 90, y: 114)
    document.words(["4"], gap: 0, right: 225, y: 114)
    for (words, right) in [
      (["4", "625,00"], 270.0), (["18", "500,00"], 335), (["3", "885,00"], 370), (["22", "385,00"], 440),
    ] {
      document.words(words, gap: 2.5, right: right, y: 114)
    }
    let items = try document.extract().lineItems
    #expect(items.map(\.unitPrice) == ["4625.00"])
    #expect(items.map(\.amount) == ["18500.00"])
  }
}
