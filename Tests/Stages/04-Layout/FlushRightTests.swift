import Contracts
import DocumentModel
import Testing

@testable import Layout

@Suite("What stands at the right edge beside text")
struct FlushRightTests {
  @Test(
    "what is set flush right beside an address is read by itself, but in fixed-width type", arguments: [false, true])
  func flushRight(isTyped: Bool) {
    var page = WordPage()
    page.fonts.append(Font(name: "Mono", monospaced: true))
    let font = isTyped ? page.fonts.count - 1 : 0
    let title = page.line("MONTHLY INVOICE", left: 230, baseline: 60, size: 14)
    var address = page.line("BILL TO", left: 40, baseline: 90, font: font)
    for (row, text) in ["Ms. Olive Harper", "Harper Linen Ltd", "7 Mill Road", "Second Floor", "Leeds LS1 4AA"]
      .enumerated()
    {
      address += page.line(text, left: 100, baseline: 107 + 13 * Double(row), font: font)
    }
    var facts: [Int] = []
    let texts = [
      "Date Dec 22, 2018", "Invoice # 14-287", "Project Name Harper Mill House", "Project No 14-03",
      "Please Remit By Dec 29, 2018", "Balance Due: $98,361.55",
    ]
    for (row, text) in texts.enumerated() {
      let words = text.split(separator: " ")
      let letters = words.reduce(0) { $0 + $1.count }
      let width = 10 * (Double(letters) * WordPage.letterWidth + Double(words.count - 1) * WordPage.space)
      facts += page.line(text, left: 555 - width, baseline: 91 + 15 * Double(row), font: font)
    }
    let about = page.line("Project: Harper Mill House", left: 40, baseline: 200)
    let heading = page.line("Services", left: 40, baseline: 230)
    var items: [Int] = []
    let names = ["Employee", "Olive Harper", "Peter Mill", "Howard Lake"]
    for (row, name) in names.enumerated() {
      let y = 244 + 13 * Double(row)
      items += page.line(name, left: 40, baseline: y)
      items += page.line(row == 0 ? "Hrs" : "11.50", left: 420, baseline: y)
      items += page.line(row == 0 ? "Rate" : "$100.00", left: 462, baseline: y)
      items += page.line(row == 0 ? "Sum" : "$1,150.00", left: 510, baseline: y)
    }
    let isParted = Geometry.order(Geometry.layout(page)) == title + address + facts + about + heading + items
    #expect(isParted == !isTyped)
  }

  @Test("a table below a date at the right edge is not parted from the names of its rows")
  func tableBelowDate() {
    var page = WordPage()
    func right(_ text: String, _ edge: Double, _ y: Double) {
      let words = text.split(separator: " ")
      let width = 5 * Double(words.reduce(0) { $0 + $1.count }) + 2.8 * Double(words.count - 1)
      page.line(text, left: edge - width, baseline: y)
    }
    for (row, text) in [
      "Lucy Harper", "Sworn translator", "87 Mill Street", "Port Lowen", "", "CLIENT", "Harper Linen Ltd",
    ]
    .enumerated() where !text.isEmpty { page.line(text, left: 45, baseline: 60 + 13 * Double(row)) }
    right("Invoice 2026-031", 549, 62)
    right("30 April 2026", 549, 79)
    let items = ["What was done", "A contract of supply, into English", "Letters of health, into French"]
    for (row, item) in items.enumerated() {
      let y = 226 + 22 * Double(row)
      page.line(item, left: 45, baseline: y)
      for (text, edge) in zip(
        row == 0 ? ["Words", "Rate", "Sum"] : ["4.210", "0,09 €", "378,90 €"], [420.0, 474, 549])
      {
        right(text, edge, y)
      }
    }
    for (row, text) in ["Sum before tax", "Tax of 21 %", "Held back"].enumerated() {
      right(text, 474, 300 + 20 * Double(row))
      right("582,40 €", 549, 300 + 20 * Double(row))
    }
    let layout = Geometry.layout(page)
    let texts = Geometry.texts(layout, page.words)
    let first = texts.firstIndex { $0.hasPrefix("A contract") } ?? 0
    #expect(texts.dropFirst(first + 1).first?.hasPrefix("4.210") == true)
  }
}
