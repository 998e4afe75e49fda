import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Extraction

@Suite("Extraction")
struct ExtractionStageTests {
  private static func invoice() -> DocumentBuilder {
    var document = DocumentBuilder(.invoice)
    document.lines(["Widget Works GmbH", "Fabrikweg 3", "10115 Berlin", "Tel. 030 1234567"], x: 380, y: 40)
    document.lines(["Frau", "Erika Beispiel", "Gartenstraße 7", "80331 München"], y: 140)
    document.line("Rechnungsnummer:", y: 240)
    document.line("RE-2024/17", x: 200, y: 240)
    document.line("Rechnungsdatum: 3. Mai 2024", y: 254)
    document.line("Lieferdatum: 1. Mai 2024", y: 268)
    document.table(
      [
        ["Beschreibung", "Menge", "Einzelpreis", "Betrag"], ["Schraube", "10", "1,00", "10,00"],
        ["Mutter", "20", "0,50", "10,00"],
      ],
      y: 300)
    document.line("Nettobetrag", x: 300, y: 400)
    document.line("20,00 €", x: 450, y: 400)
    document.line("MwSt 19 %", x: 300, y: 414)
    document.line("3,80 €", x: 450, y: 414)
    document.line("Gesamtbetrag", x: 300, y: 428)
    document.line("23,80 €", x: 450, y: 428)
    document.line("Zahlbar bis 17.05.2024. USt-IdNr. DE136695976", y: 700)
    return document
  }

  @Test("an invoice gives its fields, normalised")
  func fields() throws {
    let output = try Self.invoice().extract()
    let values = output.fields.mapValues(\.value)
    #expect(values["invoice_number"] == "RE-2024/17")
    #expect(values["issue_date"] == "2024-05-03")
    #expect(values["due_date"] == "2024-05-17")
    #expect(values["seller_name"] == "Widget Works GmbH")
    #expect(values["buyer_name"] == "Frau Erika Beispiel")
    #expect(values["seller_tax_id"] == "DE136695976")
    #expect(values["total_net"] == "20.00")
    #expect(values["total_tax"] == "3.80")
    #expect(values["total_gross"] == "23.80")
    #expect(values["currency"] == "EUR")
  }

  @Test("a field stands where its words stand")
  func provenance() throws {
    let number = try #require(try Self.invoice().extract().fields["invoice_number"])
    #expect(number.text == "RE-2024/17")
    #expect(number.provenance.page == 1)
    #expect(number.provenance.box == BoundingBox(left: 200, top: 240, right: 250, bottom: 250))
    #expect(number.provenance.words.count == 1)
  }

  @Test("line items come from the table, sums do not")
  func lineItems() throws {
    let items = try Self.invoice().extract().lineItems
    #expect(items.map(\.description) == ["Schraube", "Mutter"])
    #expect(items.map(\.quantity) == ["10", "20"])
    #expect(items.map(\.unitPrice) == ["1.00", "0.50"])
    #expect(items.map(\.amount) == ["10.00", "10.00"])
  }

  @Test("sums that come out right are believed more than such that do not")
  func balance() throws {
    func gross(_ text: String) throws -> Score {
      var document = DocumentBuilder(.invoice)
      document.lines(["Net total 100.00", "VAT 20.00", "Grand total \(text)"], y: 100)
      return try #require(try document.extract().fields["total_gross"]).confidence
    }
    #expect(try gross("120.00") > gross("125.00"))
  }

  @Test("of two totals the one that net and tax add up to is the gross total")
  func ambiguousTotal() throws {
    var document = DocumentBuilder(.invoice)
    document.lines(["Subtotal 100.00", "VAT 20.00", "Total 120.00", "Total 500.00"], y: 100)
    #expect(try document.extract().fields["total_gross"]?.value == "120.00")
  }

  @Test("a missing tax is found among the amounts")
  func completedTax() throws {
    var document = DocumentBuilder(.invoice)
    document.lines(["Net total 100.00", "Something odd 20.00", "Grand total 120.00"], y: 100)
    #expect(try document.extract().fields["total_tax"]?.value == "20.00")
  }

  @Test("the seller is named above its registered office, where nothing else tells it")
  func registeredOffice() throws {
    var document = DocumentBuilder(.invoice)
    document.lines(["FACTURE N° 2031", "Total TTC 56,02"], y: 100)
    document.lines(["PRESSELOWEN", "Siège social : 12 rue du Port, 29200 BREST"], y: 740)
    #expect(try document.extract().fields["seller_name"]?.value == "PRESSELOWEN")
  }

  @Test(
    "what was paid before parts the total from what is due; other amounts that are told as paid are none",
    arguments: [
      (["Deposit paid 30.00", "Amount due 90.00"], "30.00", "90.00"),
      (["30 % deposit, the rest within 40 days", "Amount due 90.00", "Received 30.00"], "30.00", "90.00"),
      (["Deposit paid 30.00", "Still open 90.00"], "30.00", "90.00"),
      (["Late payment: a deposit is asked for, and a fee of 40 € for reminders is due by law"], nil, "120.00"),
      (["Amount paid 0.00", "Amount due 120.00"], "0.00", "120.00"),
    ])
  func paid(lines: [String], paid: String?, due: String) throws {
    var document = DocumentBuilder(.invoice)
    document.lines(["Net total 100.00", "VAT 20.00", "Grand total 120.00"] + lines, y: 100)
    let fields = try document.extract().fields
    #expect(fields["amount_paid"]?.value == paid)
    #expect(fields["amount_due"]?.value == due)
  }

  @Test("a code behind a label is no amount where an amount follows in its row")
  func codeBeforeAmount() throws {
    var document = DocumentBuilder(.receipt)
    document.lines(["CORNER SHOP", "Total 52.80"], y: 100)
    document.line("Visa 6258 App: 518361", y: 140)
    document.line("52.80", x: 400, y: 140)
    #expect(try document.extract().fields["cash"]?.value == "52.80")
  }

  @Test(
    "cash is what was given, not a bar of chocolate",
    arguments: [
      (["Candy bar 1.20", "Bar of soap 2.40", "Total 3.60"], nil), (["Summe 3,60", "Bar 5,00"], "5.00"),
      (["Summe 3,60", "BAR EUR 5,00"], "5.00"), (["Summe 3,60", "Gegeben bar 5,00", "Rückgeld 1,40"], "5.00"),
    ] as [([String], String?)])
  func cash(lines: [String], value: String?) throws {
    var document = DocumentBuilder(.receipt)
    document.lines(["CORNER SHOP"] + lines, y: 100)
    #expect(try document.extract().fields["cash"]?.value == value)
  }

  @Test("without a tax the net amount is the gross one where it is printed twice", arguments: [true, false])
  func netOfNoTax(isPrintedTwice: Bool) throws {
    var document = DocumentBuilder(.invoice)
    document.lines(
      ["Service charges \(isPrintedTwice ? "41.10" : "40.00")", "Tax 0.00", "Grand total 41.10"], y: 100)
    #expect(try document.extract().fields["total_net"]?.value == (isPrintedTwice ? "41.10" : nil))
  }

  @Test("a receipt gives shop, address, date and total")
  func receipt() throws {
    var document = DocumentBuilder(.receipt)
    document.lines(
      [
        "CORNER STORE SDN BHD (12345-X)", "12, JALAN MAWAR", "50000 KUALA LUMPUR", "TEL: 03-1234567", "TAX INVOICE",
        "25/03/2018 09:42", "MILK 4.00", "SUB TOTAL 4.00", "TOTAL QTY 1", "TOTAL GST 0.24", "TOTAL 4.24", "CASH 10.00",
        "CHANGE 5.76",
      ], y: 40)
    let values = try document.extract().fields.mapValues(\.value)
    #expect(values["company"] == "CORNER STORE SDN BHD")
    #expect(values["address"] == "12, JALAN MAWAR 50000 KUALA LUMPUR")
    #expect(values["date"] == "2018-03-25")
    #expect(values["total"] == "4.24")
  }

  @Test("numbers between a shop's name and its address are neither")
  func numbersInHead() throws {
    var document = DocumentBuilder(.receipt)
    document.lines(
      [
        "MORNING HANDICRAFT", "Branch2", "Company Reg No. :75495-W", "GST Reg No 000184401920", "Jalan Mawar 1",
        "28700 Bentong", "25/03/2018 09:42", "TOTAL 4.24", "Total : 4.00 0.24", "Total GST 0.24",
      ], y: 40)
    let values = try document.extract().fields.mapValues(\.value)
    #expect(values["company"] == "MORNING HANDICRAFT")
    #expect(values["address"] == "Jalan Mawar 1 28700 Bentong")
    #expect(values["total"] == "4.24")
  }

  @Test("a street is no shop, a number in brackets no part of its name, a registration below an address none of it")
  func shopAboveStreet() throws {
    var document = DocumentBuilder(.receipt)
    document.lines(
      [
        "77 SPEEDY MARKET 8/9 (519537-X)", "JALAN MAWAR, TAMAN MAWAR", "50000 KUALA LUMPUR", "Company Reg No. :75495-W",
        "25/03/2018 09:42", "TOTAL 4.24",
      ], y: 40)
    let values = try document.extract().fields.mapValues(\.value)
    #expect(values["company"] == "77 SPEEDY MARKET 8/9")
    #expect(values["address"] == "JALAN MAWAR, TAMAN MAWAR 50000 KUALA LUMPUR")
  }

  @Test("sums stand below the heads of their columns, even where heads and sums run together")
  func sumsBelowHeads() throws {
    var document = DocumentBuilder(.invoice)
    document.line("Nettobetrag MwSt-Betrag Endbetrag", y: 100)
    document.line("321,40 61,07 382,47", x: 80, y: 112)
    document.line("127,59 8,93 136,52", x: 80, y: 124)
    document.line("448,99 70,00 518,99", x: 80, y: 136)
    let values = try document.extract().fields.mapValues(\.value)
    #expect(values["total_net"] == "448.99")
    #expect(values["total_tax"] == "70.00")
    #expect(values["total_gross"] == "518.99")
  }

  @Test(
    "the total is due unless something else is named or something was paid",
    arguments: [
      ([], "119.00"), (["Amount paid: 19.00", "Balance due: 100.00"], "100.00"), (["Amount paid: 19.00"], nil),
    ] as [([String], String?)])
  func due(lines: [String], expected: String?) throws {
    var document = DocumentBuilder(.invoice)
    document.lines(["Invoice number: 4711", "Invoice total: 119.00"] + lines, y: 100)
    #expect(try document.extract().fields["amount_due"]?.value == expected)
  }

  @Test("a shop's address ends where its tax number or the table begins")
  func shopAddress() throws {
    var document = DocumentBuilder(.receipt)
    document.lines(
      ["Casa Ramiro", "C/ Betis 31, 41010 Sevilla", "CIF B41220987", "FACTURA SIMPLIFICADA T-20931", "Mesa: 12"], y: 20)
    document.lines(["TOTAL 44,40", "Efectivo 50,00", "Cambio 5,60"], y: 200)
    let fields = try document.extract().fields.mapValues(\.value)
    #expect(fields["address"] == "C/ Betis 31, 41010 Sevilla")
    #expect(fields["receipt_number"] == "T-20931")
  }

  @Test("without a type there are entities and pairs, but no fields")
  func untyped() throws {
    var document = DocumentBuilder()
    document.line("Paid 5.00 € on 3 May 2024", y: 100)
    let output = try document.extract()
    #expect(output.fields.isEmpty)
    #expect(output.entities.map(\.kind) == [.amount, .date])
    #expect(output.entities[0].provenance.words == [1, 2])
  }

  @Test("badly read words make for unsure values")
  func doubt() throws {
    func confidence(_ read: Double) throws -> Score {
      var document = DocumentBuilder(.invoice)
      document.line("Invoice number: 4711", y: 100, confidence: read)
      return try #require(try document.extract().fields["invoice_number"]).confidence
    }
    #expect(try confidence(0.5) < confidence(1))
  }

  @Test("a language model's value counts only if the pages print it")
  func model() throws {
    var document = DocumentBuilder(.invoice)
    document.line("Your reference for this is K-77", y: 100)
    let model = FixedModel(#"{"order_number":"K-77","customer_number":"K-99","invoice_number":""}"#)
    let fields = try document.extract(model: model).fields
    #expect(fields["order_number"]?.value == "K-77")
    #expect(fields["customer_number"] == nil)
    #expect(model.prompts.count == 1)
    var options = ExtractionOptions()
    options.languageModel = false
    #expect(try document.extract(options, model: model).fields["order_number"] == nil)
    #expect(model.prompts.count == 1)
  }

  @Test("options leave entities and pairs out")
  func options() throws {
    var options = ExtractionOptions()
    options.entities = false
    options.pairs = false
    let output = try Self.invoice().extract(options)
    #expect(output.entities.isEmpty)
    #expect(output.pairs.isEmpty)
    #expect(!output.fields.isEmpty)
  }

  @Test("the same document gives the same output")
  func deterministic() throws {
    #expect(try Self.invoice().extract() == Self.invoice().extract())
  }

  @Test("every template is read, and its names and labels are sound")
  func templates() throws {
    #expect(try ExtractionStage.ingredients().rules.count == ShippedTemplates.files.count)
    for type in DocumentClass.allCases {
      guard let template = try ShippedTemplates.template(for: type) else { continue }
      #expect(template.type == type)
      #expect(Set(template.fields.map(\.name)).count == template.fields.count)
      for label in template.fields.flatMap({ ($0.labels ?? []) + ($0.weak ?? []) }) + (template.others ?? []) {
        #expect(!TextToken.words(of: label).isEmpty, "\(label)")
      }
    }
  }

  @Test("a page of five thousand labels in one row is read in time")
  func hostile() throws {
    var document = DocumentBuilder(.invoice)
    for index in 0..<2_500 { document.line("Total:", x: Double(index % 50) * 60, y: Double(index / 50) * 2) }
    let clock = ContinuousClock()
    let taken = try clock.measure { _ = try document.extract() }
    #expect(taken < .seconds(30))
  }
}
