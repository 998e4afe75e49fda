import Contracts
import TestSupport
import Testing

@testable import Extraction

@Suite("Fields of invoices")
struct InvoiceFieldTests {
  private static func fields(_ lines: [String]) throws -> [String: String] {
    var document = DocumentBuilder(.invoice)
    document.lines(lines, y: 100)
    return try document.extract().fields.mapValues(\.value)
  }

  @Test(
    "labels of many languages name the fields",
    arguments: [
      ["RE-Nr.: RX-77310", "Rg.-Datum: 04.11.2025", "Zu zahlen bis: 24.11.2025", "Ihre Bestellung: B4410-22"],
      ["Inv. No.: RX-77310", "Date issued: 04/11/2025", "Please pay by: 24/11/2025", "P.O.#: B4410-22"],
      [
        "N° facture : RX-77310", "Émise le : 04/11/2025", "À régler avant le : 24/11/2025",
        "Bon de commande : B4410-22",
      ],
      ["Nota nr.: RX-77310", "Notadatum: 04-11-2025", "Uiterste betaaldatum: 24-11-2025", "Uw bestelling: B4410-22"],
      ["Fattura n.: RX-77310", "Data documento: 04/11/2025", "Scadenza: 24/11/2025", "Vs. ordine: B4410-22"],
      ["Factura nº: RX-77310", "Fecha expedición: 04/11/2025", "Vence el: 24/11/2025", "Su pedido: B4410-22"],
      ["Fatura n.º: RX-77310", "Data de emissão: 04/11/2025", "Pagar até: 24/11/2025", "Encomenda: B4410-22"],
      ["Nr faktury: RX-77310", "Data wystawienia: 04.11.2025", "Termin płatności: 24.11.2025", "Zamówienie: B4410-22"],
      ["Fakturanr: RX-77310", "Fakturadatum: 2025-11-04", "Förfallodatum: 2025-11-24", "Ordernr: B4410-22"],
      ["Faktura nr.: RX-77310", "Fakturadato: 04.11.2025", "Forfaldsdato: 24.11.2025", "Rekvisition: B4410-22"],
      ["Číslo faktury: RX-77310", "Vystaveno: 04.11.2025", "Splatnost: 24.11.2025", "Objednávka: B4410-22"],
    ])
  func labels(lines: [String]) throws {
    let values = try Self.fields(lines)
    #expect(values["invoice_number"] == "RX-77310")
    #expect(values["issue_date"] == "2025-11-04")
    #expect(values["due_date"] == "2025-11-24")
    #expect(values["order_number"] == "B4410-22")
  }

  @Test(
    "numbers of invoices are read whole",
    arguments: [
      ("Rechnungsnummer 75 1103 2249 0081", "75 1103 2249 0081"), ("Honorarnote Nr. HN 2025/023", "HN 2025/023"),
      ("Rechnungsnummer R 551208", "R 551208"), ("Nr. / N° 2500 4418", "2500 4418"),
      ("FATTURA n. 183/A del 15/12/2025", "183/A"), ("Faktura VAT nr FV/12/2025/045", "FV/12/2025/045"),
      ("Invoice No. 4711 of 3 May 2024", "4711"),
    ])
  func numbers(line: String, number: String) throws {
    #expect(try Self.fields([line])["invoice_number"] == number)
  }

  @Test("labels of several fields and languages in one line are read without a trap")
  func mixedLabels() throws {
    var document = DocumentBuilder(.invoice)
    document.line(
      "Totaal excl. / Total HTVA BTW bedrag / Montant TVA TE BETALEN / À PAYER Nr. / N° Datum / Date", y: 100)
    document.line("Nr. / N° Vervaldag / Échéance N° facture / Datum Nr.", y: 140)
    document.line("2500 4418 / 17/11/2025 / 1.224,50", y: 152)
    #expect(try document.extract().fields["seller_name"] == nil)
  }

  @Test("a number goes on below a hyphen, and a correction has its own number")
  func ownNumber() throws {
    var document = DocumentBuilder(.invoice)
    document.line("Invoice Number:", y: 100)
    document.line("EUINDE25-", x: 200, y: 100)
    document.line("1884013", x: 200, y: 112)
    #expect(try document.extract().fields["invoice_number"]?.value == "EUINDE25-1884013")
    #expect(
      try Self.fields(["Rechnungskorrektur GS-2025-031", "zu Rechnung RG-2025-2207"])["invoice_number"] == "GS-2025-031"
    )
  }

  @Test(
    "the day of payment is read from sentences and reckoned from terms",
    arguments: [
      ("Die Rechnung ist am 24.11.2025 fällig.", "2025-11-24"), ("Bis 24.11.2025 ohne Abzug.", "2025-11-24"),
      ("Der Betrag wird am 24.11.2025 abgebucht.", "2025-11-24"), ("$63.00 due November 24, 2025", "2025-11-24"),
      ("Zahlbar innerhalb von 20 Tagen ohne Abzug.", "2025-11-24"), ("Payment terms: Net 20", "2025-11-24"),
      ("Zahlbar in 8 Tagen mit 2 % Skonto, in 20 Tagen netto", "2025-11-24"),
      ("Conditions : 20 jours net", "2025-11-24"),
      ("Payment within 20 days. Please report defects within 60 days of receipt.", "2025-11-24"),
      ("Zahlbar binnen 20 Tagen, Mängel sind binnen 30 Tagen anzuzeigen.", "2025-11-24"),
      ("Reklamationen binnen 30 Tagen, Zahlung binnen 20 Tagen", "2025-11-24"),
      ("Payment is due on receipt. Complaints must reach us within 14 days.", nil),
      ("Rückgabe innerhalb von 20 Tagen möglich", nil), ("Leistung vom 01.10.2025 bis 24.11.2025", nil),
    ] as [(String, String?)])
  func due(line: String, date: String?) throws {
    #expect(try Self.fields(["Rechnungsdatum: 04.11.2025", line])["due_date"] == date)
  }

  @Test("a word of payment in the sentence above says nothing of the days below")
  func sentenceAbove() throws {
    let lines = [
      "Rechnungsdatum: 04.11.2025", "Zahlbar sofort rein per Lastschrift.", "Anzeige binnen 20 Tagen erbeten",
    ]
    #expect(try Self.fields(lines)["due_date"] == nil)
    let goesOn = ["Rechnungsdatum: 04.11.2025", "Der Betrag ist zahlbar", "binnen 20 Tagen"]
    #expect(try Self.fields(goesOn)["due_date"] == "2025-11-24")
  }

  @Test(
    "days are counted over the ends of months and years",
    arguments: [("2025-12-20", 14, "2026-01-03"), ("2024-02-15", 14, "2024-02-29")])
  func days(from: String, count: Int, to: String) {
    #expect(DueDateFinder.day(count, after: from) == to)
  }

  @Test("an open date is the day of issue, though another's order is plain")
  func openDate() throws {
    #expect(try Self.fields(["Date: 04/11/2025", "Due date: 24/11/2025"])["issue_date"] == "2025-11-04")
  }

  @Test(
    "the only account is the one to be paid to, wherever it stands",
    arguments: [
      ["Bank: DE34 7002 0270 0015 8244 00"], ["IBANDE34 7002 0270 0015 8244 00"],
      ["Bitte überweisen Sie auf IBAN DE34 7002", "0270 0015 8244 00, BIC HYVEDEMM488"],
      ["Abgebucht von Ihrem Konto BE68 5390 0754 7034", "", "Bank DE34 7002 0270 0015 8244 00"],
    ])
  func account(lines: [String]) throws {
    #expect(try Self.fields(lines)["iban"] == "DE34700202700015824400")
  }

  @Test(
    "the tax is not what it is of, and rates are added up",
    arguments: [
      (["Net total 100.00", "VAT 20% on 100.00"], "20.00"),
      (["Net total 100.00", "CGST 10.00", "SGST 10.00"], "20.00"),
      (["Zwischentotal 100.00", "MWST 20% von 100.00 20.00"], "20.00"),
    ])
  func tax(lines: [String], tax: String) throws {
    var document = DocumentBuilder(.invoice)
    document.lines(lines + ["Grand total 120.00"], y: 100)
    document.line("20.00", x: 400, y: 112)
    #expect(try document.extract().fields["total_tax"]?.value == tax)
  }

  @Test("a printed rounding may part the sum from the total")
  func rounding() throws {
    let values = try Self.fields([
      "Exkl. moms 5 814,00", "Moms 25% 1 453,50", "Öresutjämning 0,50", "Att betala 7 268,00",
    ])
    #expect(values["total_net"] == "5814.00")
    #expect(values["total_tax"] == "1453.50")
    #expect(values["total_gross"] == "7268.00")
  }

  @Test("sums told once more in another currency are not the invoice's")
  func foreign() throws {
    let values = try Self.fields([
      "Charges $347.00", "VAT $65.93", "Invoice total $412.93", "Total VAT 56.84 EUR", "Total Amount 356.00 EUR",
    ])
    #expect(values["total_gross"] == "412.93")
  }

  @Test("lengths in feet are no currency")
  func feet() throws {
    let lines = ["Rope 10 ft 5.00", "Cable 25 ft 8.00", "Chain 6 ft 4.00", "Total 17.00 USD"]
    #expect(try Self.fields(lines)["currency"] == "USD")
  }

  @Test("a code in brackets tells which dollar the signs mean")
  func dollars() throws {
    #expect(try Self.fields(["Amount Due (CAD) $12.00", "Subtotal $10.00", "Tax $2.00"])["currency"] == "CAD")
  }

  @Test(
    "numbers of taxes are given to the party that they are labelled for",
    arguments: [
      (["VAT number: DE136695976", "Customer VAT number: ATU58129340"], "DE136695976", "ATU58129340"),
      (["UID: CHE-112.761.885 MWST"], "CHE112761885", nil), (["EU OSS VAT EU372041887"], "EU372041887", nil),
      (["NIP: 7812044184"], "7812044184", nil), (["ABN: 51 824 753 556"], "51 824 753 556", nil),
    ] as [([String], String?, String?)])
  func taxNumbers(lines: [String], seller: String?, buyer: String?) throws {
    let values = try Self.fields(lines)
    #expect(values["seller_tax_id"] == seller)
    #expect(values["buyer_tax_id"] == buyer)
  }

  @Test("net, tax and gross in one row are the sums where the total is named elsewhere")
  func sumRow() throws {
    var document = DocumentBuilder(.invoice)
    for (place, text) in ["Nazwa", "Wartość netto", "Kwota VAT", "Wartość brutto"].enumerated() {
      document.line(text, x: 50 + 120 * Double(place), y: 100)
    }
    for (row, texts) in [["Instrukcja", "1150,00", "264,50", "1414,50"], ["Razem", "2690,00", "565,78", "3255,78"]]
      .enumerated()
    {
      for (place, text) in texts.enumerated() {
        document.line(text, x: 50 + 120 * Double(place), y: 120 + 40 * Double(row))
      }
    }
    document.line("Do zapłaty: 3255,78 PLN", y: 220)
    let fields = try document.extract().fields
    #expect(fields["total_net"]?.value == "2690.00")
    #expect(fields["total_tax"]?.value == "565.78")
    #expect(fields["total_gross"]?.value == "3255.78")
  }

  @Test("the date of the order or of an earlier invoice among the positions is not the invoice's")
  func otherDates() throws {
    var document = DocumentBuilder(.invoice)
    document.line("Stuttgart, 21.08.2026", x: 400, y: 100)
    document.line("Ihr Auftrag Nr. 4500-26-117 vom 15.01.2026", y: 130)
    document.line("Leistung", y: 200)
    document.line("Honorar", x: 400, y: 200)
    document.line("Abschlagsrechnung vom 30.04.2026", y: 220)
    document.line("12.000,00", x: 400, y: 220)
    #expect(try document.extract().fields["issue_date"]?.value == "2026-08-21")
  }

  @Test("a sign in the head of a column tells the currency where no amount has one")
  func signInHead() throws {
    #expect(try Self.fields(["Rechnung", "G-Preis €", "Gesamtbetrag 119,00"])["currency"] == "EUR")
  }

  @Test("the sums of one rate among several are not the invoice's")
  func rateRow() throws {
    var document = DocumentBuilder(.invoice)
    document.line("Gesamtbetrag inkl. MwSt. EUR 355,80", y: 100)
    for (row, texts) in [
      ["Satz", "Entgelt", "Anteil", "Bruttobetrag"], ["7%", "241,12", "16,88", "258,00"],
      ["19%", "82,18", "15,62", "97,80"],
    ].enumerated() {
      for (place, text) in texts.enumerated() {
        document.line(text, x: 50 + 120 * Double(place), y: 130 + 14 * Double(row))
      }
    }
    #expect(try document.extract().fields["total_gross"]?.value == "355.80")
  }

  @Test("a date right of a number that has its value is the invoice's")
  func dateInRow() throws {
    var document = DocumentBuilder(.invoice)
    document.line("Invoice no. 204", y: 100)
    document.line("21 May 2026", x: 480, y: 100)
    #expect(try document.extract().fields["issue_date"]?.value == "2026-05-21")
  }

  @Test(
    "a number may begin with the letters of its series, though they are a currency's as well",
    arguments: ["FT 2026/318", "FR A/77"])
  func series(number: String) throws {
    #expect(try Self.fields(["Fatura", number])["invoice_number"] == number)
  }

  @Test("whole amounts are grouped by spaces before a currency's letters")
  func wholeAmounts() throws {
    let values = try Self.fields([
      "Nettó összesen: 1 120 500 Ft", "ÁFA összesen: 302 535 Ft", "Fizetendő összesen: 1 423 035 Ft",
    ])
    #expect(values["total_net"] == "1120500")
    #expect(values["total_tax"] == "302535")
    #expect(values["total_gross"] == "1423035")
  }

  @Test("a day before the invoice's is not when it is due")
  func dueBeforeIssue() throws {
    let values = try Self.fields([
      "Rechnungsnummer: 4711", "Rechnungsdatum: 12.02.2026", "Verbrauch bis zum 31.12.2025", "Rechnungsbetrag 119,00",
    ])
    #expect(values["issue_date"] == "2026-02-12")
    #expect(values["due_date"] == nil)
  }

  @Test("what is left after a payment is not the total")
  func balanceIsNoTotal() throws {
    let values = try Self.fields([
      "Invoice number: 4711", "Subtotal 1,990.00", "Sales tax 104.15", "Deposit received -500.00",
      "Balance due $1,594.15",
    ])
    #expect(values["total_net"] == "1990.00")
    #expect(values["total_gross"] == nil)
    #expect(values["amount_due"] == "1594.15")
  }

  @Test("a tax on visitors is not the invoice's", arguments: ["Taxe de séjour", "Tourist tax", "Imposta di soggiorno"])
  func visitors(name: String) throws {
    let values = try Self.fields([
      "Facture n° H-26", "Nuitée 223,70", "\(name) 2,20", "Total TTC 225,90", "dont TVA 10 % 20,14",
    ])
    #expect(values["total_tax"] == "20.14")
  }

  @Test("the day that an account is debited on is when it is due")
  func debit() throws {
    let values = try Self.fields([
      "Rechnungsnummer: 4711", "Rechnungsdatum: 12.02.2026", "Rechnungsbetrag 119,00",
      "Den Betrag buchen wir am 02.03.2026 von Ihrem Konto DE89 3704 0044 0532 0130 00 ab.",
    ])
    #expect(values["due_date"] == "2026-03-02")
  }
}
