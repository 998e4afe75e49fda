import Contracts
import DocumentModel
import Testing

/// Short made-up documents of every type.
enum Samples {
  struct Sample: Sendable, CustomTestStringConvertible {
    let type: DocumentClass
    var subtype: String?
    var size = PageSize(width: 595, height: 842)
    let text: String

    var testDescription: String { "\(type.rawValue): \(text.prefix(24))" }
  }

  static let all: [Sample] = [
    Sample(
      type: .invoice,
      text: """
        # Rechnung
        Rechnungsnummer: 2024-17
        Rechnungsdatum: 03.05.2024
        Pos Menge Einzelpreis Gesamt
        1 2 10,00 20,00
        Nettobetrag 20,00
        MwSt 19 % 3,80
        Gesamtbetrag 23,80
        Zahlbar bis 17.05.2024
        """),
    Sample(
      type: .invoice, subtype: "credit-note",
      text: "# Credit Note\nInvoice no. 12\nSubtotal 9.00\nVAT 1.80\nTotal 10.80\nBill to: Someone"),
    Sample(
      type: .invoice,
      text: "FACTURE N° 2024-9\nDate de facture : 12/05/2024\nTotal HT 100,00\nTVA 20% 20,00\nTotal TTC 120,00\nDate d'échéance 12/06/2024"),
    Sample(
      type: .receipt, size: PageSize(width: 226, height: 600),
      text: "CORNER SHOP\n12 High Street\nTAX INVOICE\n2 MILK 1.10 2.20\nTOTAL 2.20\nCASH 5.00\nCHANGE 2.80\nTHANK YOU PLEASE COME AGAIN"),
    Sample(
      type: .receipt,
      text: "Bäckerei Muster\nKassenbon\nBrot 3,50\nSumme 3,50\nGegeben bar 5,00\nRückgeld 1,50\nVielen Dank für Ihren Einkauf"),
    Sample(
      type: .bankStatement,
      text: "# Kontoauszug\nKontoinhaber: E. Muster\nIBAN DE00\nalter Kontostand 100,00\n01.02. Lastschrift 20,00\nneuer Kontostand 80,00"),
    Sample(
      type: .contract, subtype: "lease",
      text: "# Mietvertrag\nzwischen A (nachfolgend Vermieter)\nund B (nachfolgend Mieter)\n# § 1 Mietsache\n# § 2 Kündigung\nEs gilt die Schriftform."),
    Sample(
      type: .contract,
      text: "# Services Agreement\nThis agreement is entered into by and between A and B (hereinafter the parties).\n# Section 1\nThe supplier shall deliver.\n# Governing Law\nIn witness whereof the parties sign."),
    Sample(
      type: .taxForm, subtype: "w-2",
      text: "Form W-2 Wage and Tax Statement\nEmployer identification number\nSocial security number\nFederal income tax withheld 12.00\nDepartment of the Treasury"),
    Sample(
      type: .taxForm, subtype: "1099-nec",
      text: "Form 1099-NEC\nNonemployee compensation\nPAYER'S TIN\nRECIPIENT'S TIN\nDepartment of the Treasury"),
    Sample(
      type: .taxForm, subtype: "assessment",
      text: "Finanzamt Musterstadt\n# Bescheid für 2023 über Einkommensteuer\nSteuernummer 12/345\nfestgesetzt werden\nSolidaritätszuschlag"),
    Sample(
      type: .identityDocument, subtype: "passport",
      text: "PASSPORT\nSurname\nDOE\nGiven names\nJANE\nNationality\nDate of birth\nP<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"),
    Sample(
      type: .curriculumVitae,
      text: "# Jane Doe\n# Work Experience\nBaker at a bakery\n# Education\nSchool of bread\n# Skills\nBaking\n# Languages\nEnglish"),
    Sample(
      type: .letter, text: "Dear Ms Doe,\nI write to you about the fence.\nYours sincerely,\nJohn Roe\nEnclosure"),
    Sample(
      type: .letter,
      text: "Sehr geehrte Damen und Herren,\nhiermit kündige ich mein Abonnement.\nMit freundlichen Grüßen\nErika Muster"),
    Sample(
      type: .scientificArticle,
      text: "# On Bread\n# Abstract\nWe propose a loaf.\n# Introduction\nBread is old [1] and good [2].\n# Results\nIt rose [3].\n# References\n[1] A. Baker. [2] B. Miller."),
    Sample(
      type: .report,
      text: "# Annual Report 2023\n# Table of Contents\n# Executive Summary\nThe year was good.\n# Recommendations\nGo on."),
    Sample(
      type: .form, subtype: "registration",
      text: "REGISTRATION FORM\nPlease print or type\nName: ________\nAddress: ________\nTelephone: ________\nCheck one: ☐ yes ☐ no\nSignature: ________"),
    Sample(
      type: .slides, size: PageSize(width: 720, height: 405),
      text: "# Agenda\nWhere we are\nWhere we go\n# Next steps\n# Thank you\nQuestions"),
  ]
}
