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
      text:
        """
        FACTURE N° 2024-9
        Date de facture : 12/05/2024
        Total HT 100,00
        TVA 20% 20,00
        Total TTC 120,00
        Date d'échéance 12/06/2024
        """
    ),
    Sample(
      type: .receipt, size: PageSize(width: 226, height: 600),
      text:
        """
        CORNER SHOP
        12 High Street
        TAX INVOICE
        2 MILK 1.10 2.20
        TOTAL 2.20
        CASH 5.00
        CHANGE 2.80
        THANK YOU PLEASE COME AGAIN
        """
    ),
    Sample(
      type: .receipt,
      text:
        """
        Bäckerei Muster
        Kassenbon
        Brot 3,50
        Summe 3,50
        Gegeben bar 5,00
        Rückgeld 1,50
        Vielen Dank für Ihren Einkauf
        """
    ),
    Sample(
      type: .bankStatement,
      text:
        """
        # Kontoauszug
        Kontoinhaber: E. Muster
        IBAN DE00
        alter Kontostand 100,00
        01.02. Lastschrift 20,00
        neuer Kontostand 80,00
        """
    ),
    Sample(
      type: .contract, subtype: "lease",
      text:
        """
        # Mietvertrag
        zwischen A (nachfolgend Vermieter)
        und B (nachfolgend Mieter)
        # § 1 Mietsache
        # § 2 Kündigung
        Es gilt die Schriftform.
        """
    ),
    Sample(
      type: .contract,
      text:
        """
        # Services Agreement
        This agreement is entered into by and between A and B (hereinafter the parties).
        # Section 1
        The supplier shall deliver.
        # Governing Law
        In witness whereof the parties sign.
        """
    ),
    Sample(
      type: .taxForm, subtype: "w-2",
      text:
        """
        Form W-2 Wage and Tax Statement
        Employer identification number
        Social security number
        Federal income tax withheld 12.00
        Department of the Treasury
        """
    ),
    Sample(
      type: .taxForm, subtype: "1099-nec",
      text: "Form 1099-NEC\nNonemployee compensation\nPAYER'S TIN\nRECIPIENT'S TIN\nDepartment of the Treasury"),
    Sample(
      type: .taxForm, subtype: "assessment",
      text:
        """
        Finanzamt Musterstadt
        # Bescheid für 2023 über Einkommensteuer
        Steuernummer 12/345
        festgesetzt werden
        Solidaritätszuschlag
        """
    ),
    Sample(
      type: .identityDocument, subtype: "passport",
      text:
        """
        PASSPORT
        Surname
        DOE
        Given names
        JANE
        Nationality
        Date of birth
        P<UTODOE<<JANE<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<
        """
    ),
    Sample(
      type: .curriculumVitae,
      text:
        """
        # Jane Doe
        # Work Experience
        Baker at a bakery
        # Education
        School of bread
        # Skills
        Baking
        # Languages
        English
        """
    ),
    Sample(
      type: .letter, text: "Dear Ms Doe,\nI write to you about the fence.\nYours sincerely,\nJohn Roe\nEnclosure"),
    Sample(
      type: .letter,
      text:
        "Sehr geehrte Damen und Herren,\nhiermit kündige ich mein Abonnement.\nMit freundlichen Grüßen\nErika Muster"),
    Sample(
      type: .scientificArticle,
      text:
        """
        # On Bread
        # Abstract
        We propose a loaf.
        # Introduction
        Bread is old [1] and good [2].
        # Results
        It rose [3].
        # References
        [1] A. Baker. [2] B. Miller.
        """
    ),
    Sample(
      type: .report,
      text:
        """
        # Annual Report 2023
        # Table of Contents
        # Executive Summary
        The year was good.
        # Recommendations
        Go on.
        """),
    Sample(
      type: .form, subtype: "registration",
      text:
        """
        REGISTRATION FORM
        Please print or type
        Name: ________
        Address: ________
        Telephone: ________
        Check one: ☐ yes ☐ no
        Signature: ________
        """
    ),
    Sample(
      type: .slides, size: PageSize(width: 720, height: 405),
      text: "# Agenda\nWhere we are\nWhere we go\n# Next steps\n# Thank you\nQuestions"),
  ]
}
