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

  @Test("of two columns that are called amounts one is the price where it multiplies")
  func twoAmounts() throws {
    let items = try Self.items([
      ["Aantal", "Omschrijving", "Bedrag", "Totaal"], ["12", "Onderhoud tuin", "47,50", "570,00"],
      ["30", "Haagbeuk", "4,85", "145,50"],
    ])
    #expect(items.map(\.unitPrice) == ["47.50", "4.85"])
    #expect(items.map(\.amount) == ["570.00", "145.50"])
  }

  @Test(
    "sums below the positions are no positions, whether their names are known or they only add up",
    arguments: [
      [["Summe netto", "41,09"], ["Umsatzsteuer 19 %", "7,81"], ["Rechnungsbetrag", "48,90"]],
      [["Leistungsstand", "41,09"], ["Davon früher", "12,00"], ["Rest", "29,09"]],
    ])
  func sums(below: [[String]]) throws {
    let items = try Self.items(
      [["Beschreibung", "Betrag"], ["Grundpreis", "33,57"], ["Zusatzkarte", "12,52"], ["Gutschrift", "-5,00"]] + below)
    #expect(items.map(\.description) == ["Grundpreis", "Zusatzkarte", "Gutschrift"])
  }

  @Test("a position whose name begins like a sum's is one")
  func likeSums() throws {
    let items = try Self.items([
      ["Description", "Amount"], ["Tax return 2025", "450.00"], ["Total station hire", "300.00"],
    ])
    #expect(items.map(\.description) == ["Tax return 2025", "Total station hire"])
  }

  @Test("sums in the table do not hide what a column holds")
  func sumsInColumns() throws {
    let items = try Self.items([
      ["Description", "Qty", "Unit price", "Amount"], ["Team plan", "14", "$22.00", "$308.00"],
      ["Storage", "2", "$15.00", "$30.00"], ["", "Subtotal", "", "$338.00"], ["", "Total", "", "$338.00"],
      ["", "Amount due", "", "$338.00 USD"],
    ])
    #expect(items.map(\.quantity) == ["14", "2"])
  }

  @Test("a charge without a quantity is a position where the sums say so")
  func charges() throws {
    func items(_ total: String) throws -> [String] {
      var document = DocumentBuilder(.invoice)
      document.table(
        [
          ["Produkt", "Anzahl", "Einzelpreis", "Gesamt"], ["Rucksack", "1", "149,95", "149,95"],
          ["Flasche", "2", "18,50", "37,00"], ["Versandkosten", "", "", "4,90"],
        ], y: 300)
      document.line("Gesamtsumme: \(total) EUR", y: 500)
      return try document.extract().lineItems.map(\.description)
    }
    #expect(try items("191,85") == ["Rucksack", "Flasche", "Versandkosten"])
    #expect(try items("186,95") == ["Rucksack", "Flasche"])
  }

  @Test("of two columns that are called prices the one that is multiplied to is the amount")
  func twoPrices() throws {
    let items = try Self.items([
      ["Tekst", "Antal", "Enhedspris", "Pris"], ["Elektrikertimer", "11,00", "495,00", "5.445,00"],
      ["Stikkontakt", "9,00", "84,50", "760,50"],
    ])
    #expect(items.map(\.unitPrice) == ["495.00", "84.50"])
    #expect(items.map(\.amount) == ["5445.00", "760.50"])
  }

  @Test("a quantity is grouped by spaces where it multiplies so")
  func spacedQuantity() throws {
    let items = try Self.items([
      ["Prestation", "Quantité", "Tarif", "Total"], ["Traduction", "4 310", "0,11 €", "474,10 €"],
      ["Relecture", "2 100", "3,00 €", "6,00 €"],
    ])
    #expect(items.map(\.quantity) == ["4310", "2"])
  }

  @Test("a price that shares head and cell with a tax is told by what it multiplies to")
  func priceAndTax() throws {
    let items = try Self.items([
      ["Beschreibung", "Menge", "Stückpreis (ohne USt.) USt. % Stückpreis", "Zwischensumme"],
      ["Dockingstation", "1", "58,81 € 19% 69,98 €", "69,98 €"], ["Mauspad", "2", "12,60 € 19% 14,99 €", "29,98 €"],
    ])
    #expect(items.map(\.unitPrice) == ["69.98", "14.99"])
  }

  @Test("taxes in rows of their own are no positions", arguments: ["Output CGST 9%", "Sales tax (7%)", "IVA 22 %"])
  func taxes(name: String) throws {
    let items = try Self.items([
      ["Description", "Amount"], ["Ball valve", "7680.00"], ["Tape", "180.00"], [name, "707.40"],
    ])
    #expect(items.map(\.description) == ["Ball valve", "Tape"])
    let nights = try Self.items([
      ["Description", "Amount"], ["Room", "219.00"], ["City Tax", "4.38"], ["Room", "219.00"], ["City Tax", "4.38"],
      ["Breakfast", "20.00"],
    ])
    #expect(nights.count == 5)
  }

  @Test("a price without anything to multiply it by is the position's amount")
  func priceAlone() throws {
    let items = try Self.items([["Service", "Price"], ["Desk, February", "190.00"], ["Locker", "8.00"]])
    #expect(items.map(\.amount) == ["190.00", "8.00"])
    #expect(items.map(\.unitPrice) == [nil, nil])
  }
}
