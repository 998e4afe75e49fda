import Contracts
import TestSupport
import Testing

@testable import Extraction

@Suite("Parties")
struct PartyTests {
  private static let seller = ["Musterwerk GmbH", "Hafenstr. 12", "20457 Hamburg"]
  private static let buyer = ["Testkunde AG", "Ringstr. 5", "50667 Köln"]

  private static func parties(_ build: (inout DocumentBuilder) -> Void) throws -> [String?] {
    var document = DocumentBuilder(.invoice)
    build(&document)
    document.line("Rechnung", y: 300)
    let fields = try document.extract().fields
    return [fields["seller_name"]?.value, fields["buyer_name"]?.value]
  }

  @Test("of two addresses without labels the place tells whose they are")
  func places() throws {
    let expected = ["Musterwerk GmbH", "Testkunde AG"]
    let above = try Self.parties { document in
      document.lines(Self.seller, y: 40)
      document.lines(Self.buyer, y: 150)
    }
    #expect(above == expected)
    let letterhead = try Self.parties { document in
      document.lines(Self.seller, x: 400, y: 40)
      document.lines(Self.buyer, y: 40)
    }
    #expect(letterhead == expected)
    let besides = try Self.parties { document in
      document.lines(Self.seller, y: 40)
      document.lines(Self.buyer, x: 340, y: 40)
    }
    #expect(besides == expected)
  }

  @Test("a name that begins with a word for sellers is a name")
  func labelInName() throws {
    let found = try Self.parties { document in
      document.lines(["Lieferant GmbH", "Lieferantenstraße 20", "80333 München", "Deutschland"], y: 40)
      document.lines(["Telefon 089 12340", "USt-ID: DE123456788", "GLN: 4000001123452"], x: 425, y: 41)
      document.lines(["Kunden AG Mitte", "Kundenstraße 15", "69876 Frankfurt"], y: 140)
    }
    #expect(found == ["Lieferant GmbH", "Kunden AG Mitte"])
  }

  @Test("what the foot names is the seller, wherever its address stands")
  func foot() throws {
    let found = try Self.parties { document in
      document.lines(Self.buyer, y: 40)
      document.lines(Self.seller, y: 150)
      document.line("Musterwerk GmbH · HRB 4711 · IBAN DE34 7002 0270 0015 8244 00", y: 760)
    }
    #expect(found == ["Musterwerk GmbH", "Testkunde AG"])
  }

  @Test(
    "a buyer's name is that of the company, without what the post wants",
    arguments: [
      (["Firma", "Testkunde AG"], "Testkunde AG"), (["An die", "Testkunde AG"], "Testkunde AG"),
      (["Familie", "Holger Stumpf"], "Holger Stumpf"), (["Max Mustermann", "Testkunde AG"], "Testkunde AG"),
      (["WEG Lindenpark 3", "c/o Hausverwaltung Stein"], "WEG Lindenpark 3"),
      (["Herrn", "Max Mustermann"], "Herrn Max Mustermann"),
    ])
  func buyers(lines: [String], name: String) throws {
    let found = try Self.parties { document in
      document.line("Musterwerk GmbH · Hafenstr. 12 · 20457 Hamburg", y: 120)
      document.lines(lines + ["Ringstr. 5", "50667 Köln"], y: 150)
    }
    #expect(found == ["Musterwerk GmbH", name])
  }

  @Test("a logo's word is told in full, and what the law adds is left out")
  func fullName() throws {
    let found = try Self.parties { document in
      document.line("TELNORD", x: 400, y: 40)
      document.lines(["Frau", "Annegret Sutter", "Rosenweg 19", "79100 Freiburg"], y: 150)
      document.line("TelNord Deutschland GmbH · Landgrabenweg 149 · 53227 Bonn", y: 760)
    }
    #expect(found.first == "TelNord Deutschland GmbH")
    #expect(PartyLine.withoutLaw("Mécanique du Rhône SA au capital de 240 000 €") == "Mécanique du Rhône")
    #expect(PartyLine.beforeAddress("Deploylane, Inc., 548 Market Street") == "Deploylane, Inc.")
  }

  @Test(
    "postal codes of many countries are known",
    arguments: [
      "224 67 Lund", "60-104 Poznań", "1000-205 Lisboa", "Cardiff CF10 3AT", "SYDNEY NSW 2000", "3514 AA Utrecht",
      "Pune Maharashtra 411026", "Montpelier, VT 05602",
    ])
  func postal(line: String) { #expect(PartyLine.isPostal(line)) }

  @Test("two addresses flush left with white between them are two")
  func partedByWhite() throws {
    let found = try Self.parties { document in
      document.lines(Self.seller + ["Deutschland"], y: 40)
      document.lines(Self.buyer, y: 40 + 4 * 12 + 8)
    }
    #expect(found == ["Musterwerk GmbH", "Testkunde AG"])
  }

  @Test("the address at the right is the buyer's where the other one is the seller's for sure")
  func windowAtRight() throws {
    let found = try Self.parties { document in
      document.lines(["SARL Morvan Chauffage", "14 rue des Tanneurs", "29200 Brest", "Tél : 02 98 44 10 27"], y: 40)
      document.lines(["M. et Mme Le Gall", "3 impasse du Moulin", "29280 Plouzané"], x: 400, y: 64)
      document.line("SARL Morvan Chauffage au capital de 8 000 € – SIRET 482 771 903 00024", y: 760)
    }
    #expect(found == ["SARL Morvan Chauffage", "M. et Mme Le Gall"])
  }

  @Test(
    "a line that is an address alone, or tells the form of the company, is below the name",
    arguments: [
      ("Severn Fluid Controls", "Units 7-9 Business Park, Tewkesbury, Glos. GL20 8NB"),
      ("Vert Lac Paysagistes", "Route de Lavaux 210 · 1095 Lutry · 021 555 40 18"),
      ("Maison Castagnède & Fils", "SARL au capital de 20 000 €"),
    ])
  func belowTheName(name: String, line: String) throws {
    let found = try Self.parties { document in
      document.lines([name, line], y: 30)
      document.lines(Self.buyer, y: 150)
    }
    #expect(found == [name, "Testkunde AG"])
  }

  @Test("a list of trades between name and address is not the name")
  func trades() throws {
    let found = try Self.parties { document in
      document.lines(
        ["Malermeister Erwin Kolb", "Innenanstriche · Tapeten · Dämmung", "Dorfstraße 8 · 97855 Homburg · 09395 4471"],
        y: 30)
      document.lines(Self.buyer, y: 150)
    }
    #expect(found == ["Malermeister Erwin Kolb", "Testkunde AG"])
  }

  @Test("a line for someone's attention is no name, and a letterhead may stand flush right")
  func attention() throws {
    let found = try Self.parties { document in
      document.lines(["Vereniging De Linden", "t.a.v. bestuur", "Lindenlaan 40", "3707 ER Zeist"], y: 40)
      for (place, text) in ["Hoveniersbedrijf Van Dongen", "Dorpsstraat 88, 3732 HK De Bilt", "KvK 30184472"]
        .enumerated()
      {
        document.line(text, x: 550 - 5 * Double(text.unicodeScalars.count), y: 40 + 12 * Double(place))
      }
    }
    #expect(found == ["Hoveniersbedrijf Van Dongen", "Vereniging De Linden"])
  }

  @Test("what names columns of positions is no party, nor is what stands below")
  func heads() throws {
    let found = try Self.parties { document in
      document.line("Musterwerk GmbH, Hafenstr. 12, 20457 Hamburg", y: 120)
      document.line("Produkt", y: 200)
      document.line("Anzahl", x: 300, y: 200)
      document.line("Einzelpreis", x: 380, y: 200)
      document.line("Gesamt", x: 480, y: 200)
      document.lines(["Rucksack Kestrel", "Art.-Nr. 10884 Grün"], y: 214)
    }
    #expect(found == ["Musterwerk GmbH", nil])
  }

  @Test("a label for the name among the lines below a party's label tells it, over two lines too")
  func labelledName() throws {
    let found = try Self.parties { document in
      document.lines(
        ["Cedente/prestatore (fornitore)", "Codice fiscale: 03841160272", "Denominazione: Studio Pineta", "S.r.l."],
        y: 40)
      document.lines(
        ["Cessionario/committente (cliente)", "IT01103720452", "Denominazione: Frantoio Bellandi S.a.s."], x: 320, y: 40
      )
    }
    #expect(found == ["Studio Pineta S.r.l.", "Frantoio Bellandi S.a.s."])
  }

  @Test("the form of a company in the next line is part of its name, and no name by itself")
  func formBelow() {
    #expect(PartyLine.goesOn("RAFFLES QUAY SERVICES PTE.", "LTD."))
    #expect(!PartyLine.isName("LTD."))
  }

  @Test(
    "forms of address in several words are no names, and streets of the south are none",
    arguments: [
      (["Exmo(s). Sr(s).", "Padaria Central, S.A."], "Padaria Central, S.A."),
      (["Spett.le", "Enoteca del Corso di Rossi M.", "Corso Garibaldi 144"], "Enoteca del Corso di Rossi M."),
      (["Herrn und Frau", "Jens und Petra Lohmann"], "Herrn und Frau Jens und Petra Lohmann"),
      (["For", "Harbourside Theatre Trust"], "Harbourside Theatre Trust"),
    ])
  func formsOfAddress(lines: [String], expected: String) throws {
    let found = try Self.parties { document in
      document.lines(Self.seller, x: 400, y: 40)
      document.lines(lines + ["20121 Milano"], y: 150)
      document.line("Musterwerk GmbH · HRB 4711", y: 760)
    }
    #expect(found == ["Musterwerk GmbH", expected])
  }

  @Test("a sender's line of several signs ends its name at the address")
  func mixedSigns() throws {
    let found = try Self.parties { document in
      document.lines(Self.buyer, y: 150)
      document.line("Atelier Nord AB, Hamngatan 12, 621 57 Visby · Org.nr 559210-4471 · Bankgiro 551-1234", y: 760)
    }
    #expect(found == ["Atelier Nord AB", "Testkunde AG"])
  }

  @Test("a name in spaced letters is read as its words")
  func spacedLetters() throws {
    let found = try Self.parties { document in
      document.words(["N", "O", "R", "T", "H", "B", "E", "A", "M"], gap: 4, right: 240, y: 20)
      document.lines(["18 Dock Street", "20457 Hamburg", "Telefon 089 12340"], x: 163, y: 34)
      document.lines(Self.buyer, y: 150)
    }
    #expect(found == ["NORTHBEAM", "Testkunde AG"])
  }

  @Test("a line that waits for a name is none")
  func waiting() throws {
    let found = try Self.parties { document in
      document.lines(Self.seller, x: 400, y: 40)
      document.lines(["Livré et facturé à"] + Self.buyer, y: 150)
      document.line("Musterwerk GmbH · HRB 4711", y: 760)
    }
    #expect(found == ["Musterwerk GmbH", "Testkunde AG"])
  }
}
