import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Extraction

@Suite("Pairs of labels and values")
struct PairTests {
  @Test("labels and values are paired by place")
  func pairs() throws {
    var document = DocumentBuilder(.form)
    document.line("Name: Jane Doe", y: 100)
    document.line("Title:", y: 120)
    document.line("Manager", x: 200, y: 120)
    document.line("Office:", y: 140)
    document.lines(["12 High Street", "Springfield"], x: 200, y: 140)
    document.line("Region ........ North", y: 180)
    document.line("Empty:", y: 220)
    document.line("At 10:30 nothing happened", y: 260)
    let pairs = try document.extract().pairs
    #expect(pairs.map(\.label) == ["Name", "Title", "Office", "Region"])
    #expect(pairs.map(\.value) == ["Jane Doe", "Manager", "12 High Street Springfield", "North"])
    #expect(pairs[1].valueProvenance.box.left == 200)
  }

  @Test("a value goes on below itself, not below its label")
  func longValue() throws {
    var document = DocumentBuilder(.form)
    document.line("Mail to: Jane Doe", y: 100)
    document.lines(["12 High Street", "Springfield"], x: 95, y: 112)
    document.line("Remarks follow", y: 136)
    let pairs = try document.extract().pairs
    #expect(pairs.map(\.value) == ["Jane Doe 12 High Street Springfield"])
  }

  @Test("labels in one line are parted by signs and by wide white, not by titles, times and addresses")
  func severalLabels() throws {
    var document = DocumentBuilder(.form)
    document.line("TVA : FR11999999998 - SIRET : 99999 – APE : 4778C", y: 100)
    document.line("Date: 3 May", y: 140)
    document.line("Handbook: Part one: engines", y: 180)
    document.line("Opens: 10:30 - 12:30 see https://example.org", y: 220)
    document.line("Phone: 555 123 | Mail:", y: 260)
    let pairs = try document.extract().pairs.map { "\($0.label)=\($0.value)" }
    #expect(
      pairs == [
        "TVA=FR11999999998", "SIRET=99999", "APE=4778C", "Date=3 May", "Handbook=Part one: engines",
        "Opens=10:30 - 12:30 see https://example.org", "Phone=555 123",
      ])
  }

  @Test("lines to be written upon are no values, and neither are labels")
  func blanks() throws {
    var document = DocumentBuilder(.form)
    document.line("Filter: ______", y: 100)
    document.line("First sale: __ last sale:", y: 140)
    document.line("Firm: __Smith & Sons__", y: 180)
    #expect(try document.extract().pairs.map(\.value) == ["Smith & Sons"])
  }

  @Test(
    "a colon within running text makes no pair",
    arguments: [
      ["The old machine was slow and hard to keep in order and would", "work in another way: by hand, day and night."],
      [
        "All this was known long before. What we add is a proof of the",
        "Main result: no such engine can be built at all.",
      ],
      [
        "Remark: the engine that was described above is of no use to",
        "anyone who has to carry it up a hill in winter.",
      ],
      ["Note: one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen."],
      ["with these three words: see below"], ["[12] J. Doe, Engines: a history, 1912"],
      ["Doe, J. (2012). Engines: a history"], ["Miller. Engines.jl: Models of engines"], ["https: //example.org"],
      ["lines(check(r): red)"], ["Value: ;"],
    ])
  func prose(lines: [String]) throws {
    var document = DocumentBuilder()
    document.lines(lines, y: 100)
    #expect(try document.extract().pairs.map(\.label) == [])
  }

  @Test("a table of two columns is pairs")
  func tablePairs() throws {
    var document = DocumentBuilder(.form)
    document.table([["Colour", "red"], ["Size", "12"]], y: 100, headerRows: 0)
    #expect(try document.extract().pairs.map { "\($0.label)=\($0.value)" } == ["Colour=red", "Size=12"])
  }

  @Test("labels of a table stand beside their values in two columns of each, or above them in a form")
  func labelledTables() throws {
    var beside = DocumentBuilder(.form)
    beside.table(
      [["Name", "S. de Wit", "Born", "17-08-1979"], ["Policy", "AV 338", "Place", "Zwolle"]], y: 100, headerRows: 0)
    #expect(
      try beside.extract().pairs.map { "\($0.label)=\($0.value)" } == [
        "Name=S. de Wit", "Born=17-08-1979", "Policy=AV 338", "Place=Zwolle",
      ])
    var above = DocumentBuilder(.form)
    above.table(
      [["First name", "Last name"], ["Helen", "Mbeki"], ["Born", "Telephone"], ["02/11/1988", "07700 900618"]], y: 100)
    #expect(
      try above.extract().pairs.map { "\($0.label)=\($0.value)" } == [
        "First name=Helen", "Last name=Mbeki", "Born=02/11/1988", "Telephone=07700 900618",
      ])
  }

  @Test("rows of data are no labels and values, and neither is a list with heads outside of forms")
  func dataTables() throws {
    var document = DocumentBuilder(.form)
    document.table(
      [["Town", "1990", "Town", "2000"], ["Bath", "12", "Bath", "14"], ["Wells", "3", "Wells", "4"]], y: 100,
      headerRows: 0)
    document.table([["Item", "Price"], ["Tea", "2.00"], ["Coffee", "3.00"], ["Milk", "1.00"]], y: 300)
    #expect(try document.extract().pairs.isEmpty)
    var report = DocumentBuilder(.report)
    report.table([["Item", "Note"], ["Tea", "12 bags"], ["Coffee", "fresh"], ["Milk", "4"]], y: 300)
    #expect(try report.extract().pairs.isEmpty)
  }

  @Test("a label right below a label with a long value is no sentence that goes on")
  func labelsBelowEachOther() throws {
    var document = DocumentBuilder(.form)
    document.lines(["Né(e) le : 14 septembre 2019", "École fréquentée : École Jules-Ferry"], y: 100)
    #expect(try document.extract().pairs.map(\.value) == ["14 septembre 2019", "École Jules-Ferry"])
  }
}
