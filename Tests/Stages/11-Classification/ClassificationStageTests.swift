import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Classification

@Suite("Classification")
struct ClassificationStageTests {
  @Test("each type is known by its words", arguments: Samples.all)
  func types(sample: Samples.Sample) throws {
    let output = try DocumentBuilder(sample.text, size: sample.size).classify()
    #expect(output.type == sample.type, "\(output.candidates)")
    #expect(output.subtype == sample.subtype)
    #expect(output.decidedBy == .rules)
    #expect(output.confidence.value >= 0.5)
    #expect(output.candidates.first?.type == sample.type)
  }

  @Test("misread letters do not hide an invoice")
  func noise() throws {
    let text =
      """
      # lNVOlCE
      Invo1ce numher: 4711
      Date: 3 May 2024
      Subt0tal 90.00
      VAT 19% 17.10
      Amount bue 107.10
      Bi1l to: A. Reader
      """
    #expect(try DocumentBuilder(text).classify().type == .invoice)
  }

  @Test(
    "a title that names another kind of document rules invoices out, whatever the text says",
    arguments: [
      "Angebot", "Auftragsbestätigung Nr. 4711", "Lieferschein", "1. Mahnung", "Mahnung zur Rechnung 4711", "Quote",
      "Purchase order", "Statement of account", "Devis n° 12", "Preventivo", "Aanmaning", "Zahlungsavis",
    ])
  func otherTitle(title: String) throws {
    #expect(try Self.titled(title).type != .invoice)
  }

  @Test("an invoice in Hungarian is one, though no title says so and no amount has decimals")
  func hungarian() throws {
    let text =
      """
      Dunatej Kft.
      Számlaszám: 2026/77
      Számla kelte: 2026.03.12.
      Fizetési határidő: 2026.03.27.
      Vevő: Balatoni Borház Bt.
      Megnevezés Mennyiség Nettó egységár Áfa
      Tej 100 db 250 Ft 27%
      Fizetendő összesen: 31 750 Ft
      """
    #expect(try DocumentBuilder(text).classify().type == .invoice)
  }

  @Test(
    "a reminder is no invoice, whatever it calls itself",
    arguments: [
      ["# Offene Rechnung Nr. 4711", "wir konnten noch keinen Zahlungseingang feststellen.", "Mahngebühren 5,00"],
      ["# Your bill is overdue", "We have still not received your payment.", "Amount overdue 46.37"],
      ["# Openstaande factuur 4711", "onderstaande factuur is nog niet betaald.", "Te betalen 46,37"],
      ["Dear Ms Okafor,", "we have not yet received your payment; it is now overdue.", "Amount overdue 46.37"],
    ])
  func reminders(lines: [String]) throws {
    let table = "\nInvoice number 4711\nInvoice date 3 May 2026\nDue date 3 June 2026\nTotal 41.37"
    #expect(try DocumentBuilder(lines.joined(separator: "\n") + table).classify().type != .invoice)
  }

  @Test("a title that stands beside the sender's name in what was taken for a table is one")
  func titleInLetterhead() throws {
    var document = DocumentBuilder()
    document.table([["Atelier Roumazière", "BON DE COMMANDE"], ["16000 Angoulême", "N° 4500"]])
    for line in ["Désignation Quantité Prix unitaire", "Total HT 405,00", "TVA 20 % 81,00", "Total TTC 486,00"] {
      document.add(.paragraph, line)
    }
    #expect(try document.classify().type != .invoice)
  }

  @Test(
    "a title that names an invoice as well leaves it one",
    arguments: [
      "Rechnung", "Rechnung / Lieferschein", "Lieferschein/Rechnung", "Honorarnote Nr. 12", "Credit note",
      "Faktura VAT",
      "Order confirmation and invoice", "Proforma invoice",
    ])
  func ownTitle(title: String) throws {
    #expect(try Self.titled(title).type == .invoice)
  }

  @Test("of two titles the larger decides")
  func largerTitle() throws {
    #expect(try Self.titled("Rechnung", besides: "Angebot 7").type == .invoice)
    #expect(try Self.titled("Angebot", besides: "Rechnung 7").type != .invoice)
  }

  private static func titled(_ title: String, besides other: String? = nil) throws -> ClassificationOutput {
    var document = DocumentBuilder()
    if let other { document.add(.heading, other, size: 12) }
    document.add(.heading, title, size: 16)
    for line in [
      "Rechnungsbetrag 23,80", "Nettobetrag 20,00", "MwSt 19 % 3,80", "Zahlbar bis 17.05.2024", "Bitte überweisen Sie",
      "IBAN DE34", "Menge Einzelpreis",
    ] { document.add(.paragraph, line) }
    return try document.classify()
  }

  @Test(
    "a letter about a contract is a letter",
    arguments: [
      """
      Re: Termination of lease agreement
      Dear Mr Smith,
      I hereby give notice of termination of the lease agreement entered into by and between us on 1 May 2020.
      The landlord shall return the deposit as the parties agreed.
      Yours sincerely
      """,
      """
      Betreff: Kündigung des Mietvertrags
      Sehr geehrte Frau Muster,
      hiermit kündige ich als Mieter den zwischen uns geschlossenen Vertrag. Der Vermieter wahrt die Schriftform.
      Die Laufzeit endet mit der Kündigung.
      Mit freundlichen Grüßen
      """,
    ])
  func letterAboutContract(text: String) throws {
    #expect(try DocumentBuilder(text).classify().type == .letter)
  }

  @Test("a contract behind its cover letter stays one")
  func coverLetter() throws {
    var document = DocumentBuilder("Dear Mr Smith,\nPlease find the contract enclosed.\nYours sincerely")
    for title in ["Services Agreement", "Confidentiality", "Governing Law", "Force Majeure"] {
      document.newPage()
      document.add(.heading, title)
      document.add(
        .paragraph, "This agreement is entered into by and between A and B (hereinafter the parties). They shall sign.")
    }
    #expect(try document.classify().type == .contract)
  }

  @Test(
    "lines of passports are known, whole or with a gap; program text is none",
    arguments: [
      ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C36UTO7408122F1204159ZE184226B<<<<<10", 2),
      ("I<UTOD231458907<<<<<<< <<<<<<<<", 1), ("7408122F1204159UTO<<<<<<<<<<<6", 1),
      ("std::map<std::vector<std::pair<int,std::array<int,4>>>> x", 0), ("<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", 0),
      ("cout<<a<<b<<c<<d<<endl;", 0), ("IF(A<B)<<C<<D<<E<<F<<G<<H<<I<<J<<K", 0),
    ])
  func machineLines(text: String, count: Int) { #expect(TextSigns(text).machineLines == count) }

  @Test("what nothing speaks for is other, with the nearest types told")
  func other() throws {
    let output = try DocumentBuilder("The quick brown fox\njumps over the lazy dog").classify()
    #expect(output.type == .other)
    #expect(output.decidedBy == .none)
    #expect(output.subtype == nil)
  }

  @Test("an empty document is other")
  func empty() throws {
    let output = try DocumentBuilder().classify()
    #expect(output.type == .other)
    #expect(output.evidence.allSatisfy { $0.provenance == nil })
  }

  @Test("evidence stands where its words stand, the strongest first")
  func evidence() throws {
    var document = DocumentBuilder("# Some Company\n# Tax Invoice")
    document.table([["Item", "Unit price"], ["Pen", "1.00"], ["Amount due", "1.00"]])
    let output = try document.classify()
    #expect(output.type == .invoice)
    #expect(output.evidence.map { abs($0.weight) } == output.evidence.map { abs($0.weight) }.sorted(by: >))
    let named = try #require(output.evidence.first { $0.rule == "named-in-head" })
    #expect(named.provenance?.element == ElementID(page: 1, index: 1))
    #expect(named.provenance?.words == [3])
    let due = try #require(output.evidence.first { $0.rule == "due" })
    #expect(due.provenance?.element == ElementID(page: 1, index: 2))
  }

  @Test("a type that the user names stands, with the evidence for it")
  func named() throws {
    var options = ClassificationOptions()
    options.type = "letter"
    let output = try DocumentBuilder("# Invoice\nInvoice number 4\nDear Sir\nYours sincerely").classify(options)
    #expect(output.type == .letter)
    #expect(output.decidedBy == .option)
    #expect(output.confidence == .certain)
    #expect(output.evidence.contains { $0.rule == "salutation" })
  }

  @Test("the threshold decides between the best type and other")
  func threshold() throws {
    var options = ClassificationOptions()
    let document = DocumentBuilder("# Invoice\nInvoice number 4 over 3.00 and 4.00")
    let share = try document.classify(options).confidence.value
    options.threshold = min(1, share + 0.01)
    #expect(try document.classify(options).type == .other)
  }

  @Test("a language model is asked only where the rules are unsure")
  func model() throws {
    let sure = FixedModel(#"{"type":"letter","confidence":0.9}"#)
    #expect(
      try DocumentBuilder("# Invoice\nInvoice number 4\nVAT 3.00\nAmount due 4.00").classify(model: sure).type
        == .invoice)
    #expect(sure.prompts.isEmpty)
    let output = try DocumentBuilder("My dearest, how are you?").classify(model: sure)
    #expect(output.type == .letter)
    #expect(output.decidedBy == .languageModel)
    #expect(output.confidence == Score(0.9))
    #expect(sure.prompts.count == 1)
    #expect(sure.prompts[0].contains("My dearest"))
  }

  @Test(
    "an answer that makes no sense or is unsure changes nothing",
    arguments: ["", "letter", #"{"type":"poem","confidence":1}"#, #"{"type":"letter","confidence":0.2}"#])
  func nonsense(answer: String) throws {
    let output = try DocumentBuilder("My dearest, how are you?").classify(model: FixedModel(answer))
    #expect(output.type == .other)
    #expect(output.decidedBy == .none)
  }

  @Test("long documents are read at both ends only")
  func long() throws {
    var document = DocumentBuilder("# Title")
    for page in 2...40 {
      document.newPage()
      document.add(.paragraph, page == 20 ? "Kontoauszug alter Saldo neuer Saldo" : "Nothing of note.")
    }
    #expect(try document.classify().candidates.allSatisfy { $0.type != .bankStatement })
  }

  @Test("the same document gives the same output")
  func deterministic() throws {
    let document = DocumentBuilder(Samples.all[0].text)
    #expect(try document.classify() == document.classify())
  }
}
