import Contracts
import TestSupport
import Testing

@testable import Extraction

@Suite("Line items")
struct LineItemTests {
  private static func items(_ rows: [[String]]) throws -> [LineItem] {
    var document = DocumentBuilder(.invoice)
    document.table(rows, y: 300)
    return try document.extract().lineItems
  }

  @Test(
    "columns are known by their names in many languages",
    arguments: [
      ["Leistungsbeschreibung", "Std.", "Satz", "Wert EUR"], ["Activity", "Hrs", "Cost", "Extended"],
      ["Prestation", "Nb", "PU HT", "Montant HT"], ["Beschrijving", "Uren", "Tarief", "Totaal excl."],
      ["Servizio", "Q.tà", "P. unitario", "Valore"], ["Detalle", "Uds.", "P. unitario", "Importe neto"],
      ["Descrição", "Qtd.", "Preço", "Valor"], ["Nazwa", "Ilość", "Cena netto", "Wartość netto"],
      ["Benämning", "Antal", "À-pris", "Belopp"], ["Vare", "Antal", "Stk. pris", "Beløb"],
      ["Popis", "Množství", "Cena za MJ", "Celkem"],
    ])
  func names(heads: [String]) throws {
    let items = try Self.items([heads, ["Alpha part", "2", "30,00", "60,00"], ["Beta cable", "4", "10,00", "40,00"]])
    #expect(items.map(\.description) == ["Alpha part", "Beta cable"])
    #expect(items.map(\.quantity) == ["2", "4"])
    #expect(items.map(\.unitPrice) == ["30.00", "10.00"])
    #expect(items.map(\.amount) == ["60.00", "40.00"])
  }

  @Test("where heads tell nothing, what multiplies to what tells the columns, and the words what they are about")
  func unknownHeads() throws {
    let items = try Self.items([
      ["Zq", "Xa", "Xb", "Xc", "Xd"], ["1", "Alpha part, long", "2", "30,00", "60,00"],
      ["2", "Beta cable, red", "4", "10,00", "40,00"],
    ])
    #expect(items.map(\.description) == ["Alpha part, long", "Beta cable, red"])
    #expect(items.map(\.quantity) == ["2", "4"])
    #expect(items.map(\.unitPrice) == ["30.00", "10.00"])
    #expect(items.map(\.amount) == ["60.00", "40.00"])
  }

  @Test("a tax's amount is not the position's")
  func taxColumn() throws {
    let items = try Self.items([
      ["Opis", "Ilość", "Cena netto", "Wartość netto", "Kwota VAT"], ["Alpha part", "2", "30,00", "60,00", "13,80"],
    ])
    #expect(items.map(\.amount) == ["60.00"])
  }

  @Test(
    "a quantity is read as it multiplies, with its sign",
    arguments: [("20,000 pièce", "20.000"), ("2.000", "2.000"), ("-12", "-12"), ("3 x", "3"), ("1,500", "1500")])
  func quantities(text: String, quantity: String) throws {
    let amount =
      ["20.000": "91,00", "2.000": "9,10", "-12": "-54,60", "3": "13,65", "1500": "6.825,00"][quantity] ?? ""
    let items = try Self.items([
      ["Désignation", "Qté", "PU HT", "Total HT"], ["Nougat", text, "4,55", amount], ["Biscuits", "2", "3,20", "6,40"],
    ])
    #expect(items.first?.quantity == quantity)
  }

  @Test("a price and an amount that share a cell are both told")
  func shared() throws {
    let items = try Self.items([["Item", "Qty", "Unit price"], ["Alpha part", "2", "30.00 60.00"]])
    #expect(items.map(\.unitPrice) == ["30.00"])
    #expect(items.map(\.amount) == ["60.00"])
  }
}
