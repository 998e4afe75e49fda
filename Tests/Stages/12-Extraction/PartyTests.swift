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
}
