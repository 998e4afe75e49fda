import DocumentModel

/// Tables as images of papers, invoices and web pages have them, redrawn.
extension TablePage {
  static let brokenDividers = TablePage(
    name: "dividers of columns that break off at each rule between groups of rows",
    sketch: {
      var page = PageSketch()
      let rows = [
        ["Data", "Model", "Kind", "Share", "Part"], ["Plain", "First", "All", "0.86", "0.98"],
        ["", "", "None", "0.53", "0.96"], ["Mixed", "First", "All", "0.93", "0.91"], ["", "", "None", "0.27", "0.92"],
        ["", "Second", "All", "0.08", "0.86"], ["", "", "None", "0.11", "0.85"],
      ]
      let xs = [100.0, 180, 260, 340, 410]
      let tops = [100.0, 122, 136, 158, 172, 194, 208]
      for (row, y) in zip(rows, tops) {
        for (text, x) in zip(row, xs) where !text.isEmpty { page.text(text, x: x, y: y) }
      }
      for y in [95.0, 116, 152, 224] { page.horizontal(y, 95, 450) }
      page.horizontal(188, 172, 450)
      for x in [172.0, 252] {
        for (top, bottom) in [(120.5, 148.5), (156.5, 184.5), (192.5, 220.5)] { page.vertical(x, top, bottom) }
      }
      return page
    },
    pictures: [
      [
        ["Data", "Model", "Kind", "Share", "Part"], ["Plain", "First", "All", "0.86", "0.98"],
        ["", "", "None", "0.53", "0.96"], ["Mixed", "First", "All", "0.93", "0.91"], ["", "", "None", "0.27", "0.92"],
        ["", "Second", "All", "0.08", "0.86"], ["", "", "None", "0.11", "0.85"],
      ]
    ], headerRows: 1)

  static let sums = TablePage(
    name: "sums at the end whose names cross columns",
    sketch: {
      var page = PageSketch()
      let rows = [
        ["1", "Drill and chisels", "2", "19.90", "1", "47.36"], ["2", "Stud finder", "1", "33.52", "1", "39.89"],
      ]
      let xs = [100.0, 130, 270, 345, 395, 470]
      for (text, x) in zip(["No.", "Article", "Pieces", "Price", "Packs", "Sum"], xs) {
        page.text(text, x: x, y: 100, anchor: x > 200 ? .right : .left)
      }
      for (row, texts) in rows.enumerated() {
        for (text, x) in zip(texts, xs) {
          page.text(text, x: x, y: 122 + 16 * Double(row), anchor: x > 200 ? .right : .left)
        }
      }
      for (name, sum, y) in [("Subtotal with tax included", "87.25", 160.0), ("Shipping by parcel post", "4.90", 174)] {
        page.text(name, x: 390, y: y, anchor: .right)
        page.text(sum, x: 470, y: y, anchor: .right)
      }
      for y in [115.0, 154, 190] { page.horizontal(y, 95, 475) }
      return page
    },
    pictures: [
      [
        ["No.", "Article", "Pieces", "Price", "Packs", "Sum"], ["1", "Drill and chisels", "2", "19.90", "1", "47.36"],
        ["2", "Stud finder", "1", "33.52", "1", "39.89"],
        ["", "", "Subtotal with tax included", "<", "<", "87.25"],
        ["", "", "", "Shipping by parcel post", "<", "4.90"],
      ]
    ], headerRows: 1)

  static let centredCells = TablePage(
    name: "rows between rules whose cells stand in the middle, names above the first",
    sketch: {
      var page = PageSketch()
      for (text, x) in zip(["Document", "Description", "Year"], [100.0, 200, 450]) {
        page.text(text, x: x, y: 100, font: 1)
      }
      let rows: [(names: [String], lines: [String], year: String)] = [
        (["Declaration of", "Independence"], ["Statement declaring independence", "from the empire"], "1776"),
        (["Bill of Rights"], ["Amendments that guarantee rights"], "1791"),
        (["Emancipation", "Proclamation"], ["An order that sets all people in these states free"], "1863"),
      ]
      for (row, cells) in rows.enumerated() {
        let middle = 142 + 40 * Double(row)
        for texts in [(cells.names, 100.0), (cells.lines, 200), ([cells.year], 450)] {
          for (line, text) in texts.0.enumerated() {
            page.text(text, x: texts.1, y: middle - 5 + 12 * (Double(line) - Double(texts.0.count - 1) / 2))
          }
        }
      }
      for y in [122.0, 162, 202, 242] { page.horizontal(y, 95, 480) }
      return page
    },
    pictures: [
      [
        ["Document", "Description", "Year"],
        ["Declaration of Independence", "Statement declaring independence from the empire", "1776"],
        ["Bill of Rights", "Amendments that guarantee rights", "1791"],
        ["Emancipation Proclamation", "An order that sets all people in these states free", "1863"],
      ]
    ], headerRows: 1)

  static let underlined = TablePage(
    name: "a stroke within a cell of a drawn grid parts no rows",
    sketch: {
      var page = PageSketch()
      page.grid(xs: [100, 200, 300, 400], ys: [100, 130, 160, 190])
      page.horizontal(148, 100, 130)
      let rows = [["Date", "Open", "High"], ["Monday", "62.79", "62.84"], ["Tuesday", "62.96", "62.99"]]
      for (row, texts) in rows.enumerated() {
        for (column, text) in texts.enumerated() {
          page.text(text, x: 105 + 100 * Double(column), y: 108 + 30 * Double(row))
        }
      }
      return page
    },
    pictures: [[["Date", "Open", "High"], ["Monday", "62.79", "62.84"], ["Tuesday", "62.96", "62.99"]]],
    strategy: .ruled)
}
