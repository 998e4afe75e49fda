import DocumentModel
import Testing

/// Pages with tables, and the grids that they show.
struct TablePage: Sendable, CustomTestStringConvertible {
  let name: String
  let sketch: @Sendable () -> PageSketch
  let pictures: [[[String]]]
  var strategy: TableStrategy?
  var headerRows: Int?

  var testDescription: String { name }

  static let all: [TablePage] = [
    ruled, ruledWithSpans, doubleRules, frameOnly, booktabs, spannedHeader, unruled, wrappedLabels, multiLineCells,
    sideBySide,
    framedCells, sectionHeads, centredHead, brokenLine, brokenDividers, sums, centredCells,
    underlined, labelsBesideRules, wrappedText, linesAbove,
    emptyRows, faintRule,
  ]

  static let wrappedText = TablePage(
    name: "rows of text wrap where the next word had no room, whatever it begins with",
    sketch: {
      var page = PageSketch()
      let lines = [
        ("Day", "What is learned"), ("Sharing and", "how to use the tools to"),
        ("Contributing", "work with other people"),
        ("Keeping", "how to pack data so that it"), ("Dependencies", "can be used by others"),
      ]
      for (row, line) in lines.enumerated() {
        let y = 100 + 12 * Double(row) + (row == 0 ? 0 : 6)
        page.text(line.0, x: 100, y: y)
        page.text(line.1, x: 240, y: y)
      }
      for y in [96.0, 114, 168] { page.horizontal(y, 95, 420) }
      return page
    },
    pictures: [
      [
        ["Day", "What is learned"], ["Sharing and Contributing", "how to use the tools to work with other people"],
        ["Keeping Dependencies", "how to pack data so that it can be used by others"],
      ]
    ])

  static let linesAbove = TablePage(
    name: "lines over all columns above an unruled grid are none of it",
    sketch: {
      var page = PageSketch()
      for (row, text) in ["The Old Harbour Bookshop", "12 Quay Street in Port Lowen"].enumerated() {
        page.text(text, x: 120, y: 100 + 12 * Double(row))
      }
      let rows = [("Notebook", "7.80"), ("Pencil", "0.60"), ("Ink", "2.20"), ("Total", "10.60")]
      for (row, line) in rows.enumerated() {
        page.text(line.0, x: 100, y: 124 + 12 * Double(row))
        page.text(line.1, x: 230, y: 124 + 12 * Double(row))
      }
      return page
    },
    pictures: [[["Notebook", "7.80"], ["Pencil", "0.60"], ["Ink", "2.20"], ["Total", "10.60"]]])

  static let faintRule = TablePage(
    name: "a rule that is too faint in one column parts the numbers there too, and no text that spans rows",
    sketch: {
      var page = PageSketch()
      for y in [100.0, 120, 160] { page.horizontal(y, 100, 400) }
      page.horizontal(140, 160, 340)
      for x in [100.0, 160, 220, 280, 340, 400] { page.vertical(x, 100, 160) }
      let rows = [
        ["Kind", "Low", "Mid", "High", "Sum"], ["Oak", "3", "4", "5", "12"], ["wood", "6", "7", "8", "21"],
      ]
      for (row, cells) in rows.enumerated() {
        for (column, text) in cells.enumerated() {
          page.text(text, x: 105 + 60 * Double(column), y: 105 + 20 * Double(row))
        }
      }
      return page
    },
    pictures: [
      [["Kind", "Low", "Mid", "High", "Sum"], ["Oak wood", "3", "4", "5", "12"], ["^", "6", "7", "8", "21"]]
    ], strategy: .ruled)

  static let emptyRows = TablePage(
    name: "a form's grid stays whole where its rules are faint, though the sums in its corner fill their places better",
    sketch: {
      var page = PageSketch()
      let ys = stride(from: 100.0, through: 340, by: 20).map { $0 }
      for y in ys.prefix(10) { page.horizontal(y, 100, y == 140 ? 470 : 500) }
      for y in ys.suffix(3) { page.horizontal(y, 440, 500) }
      for x in [100.0, 160, 270, 370] { page.vertical(x, 100, 280) }
      for x in [440.0, 470, 500] { page.vertical(x, 100, 340) }
      let rows = [
        ["Date", "Payee", "Address", "Purpose", "Sum", ""],
        ["10/26/92", "Port of Lowen", "5 Quay", "print", "28", "482"],
        ["10/30/92", "The Old Inn", "7 Quay", "send", "19", "603"],
      ]
      for (row, cells) in rows.enumerated() {
        for (text, x) in zip(cells, [105.0, 165, 275, 375, 445, 475]) where !text.isEmpty {
          // Typed over what is printed: now here, now there.
          page.text(text, x: x + (x < 400 ? 12 * Double(row) : 0), y: (text == "482" ? 112 : 105) + 20 * Double(row))
          if x == 275, row > 0 { page.text("Lowen", x: 330 + 8 * Double(row), y: 109 + 20 * Double(row)) }
        }
      }
      for (row, label) in ["Here", "Before", "Total"].enumerated() {
        let y = 285 + 20 * Double(row)
        page.text(label, x: 430, y: y, anchor: .right)
        page.text("\(47 + row)", x: 445, y: y)
        // The first one badly read: it passes for names above the others.
        page.text(row == 0 ? "pion" : "964", x: 475, y: y)
      }
      return page
    },
    pictures: [
      [
        ["Date", "Payee", "Address", "Purpose", "Sum", ""],
        ["10/26/92", "Port of Lowen", "5 Quay Lowen", "print", "28", "482 603"],
        ["10/30/92", "The Old Inn", "7 Quay Lowen", "send", "19", "^"],
      ] + [[String]](repeating: ["", "", "", "", "", ""], count: 6) + [
        ["Here Before Total", "<", "<", "<", "47", "pion"], ["^", "^", "^", "^", "48", "964"],
        ["^", "^", "^", "^", "49", "964"],
      ]
    ], strategy: .ruled)

  static let ruled = TablePage(
    name: "a grid drawn in full",
    sketch: {
      var page = PageSketch()
      page.grid(xs: [100, 200, 300, 400], ys: [100, 120, 140, 160])
      for (row, cells) in [["Name", "Age", "Town"], ["Ann", "31", "Bonn"], ["Bob", "", "Graz"]].enumerated() {
        for (column, text) in cells.enumerated() {
          page.text(text, x: 105 + 100 * Double(column), y: 105 + 20 * Double(row))
        }
      }
      return page
    },
    pictures: [[["Name", "Age", "Town"], ["Ann", "31", "Bonn"], ["Bob", "", "Graz"]]], strategy: .ruled, headerRows: 1)

  static let ruledWithSpans = TablePage(
    name: "missing inner edges make spans",
    sketch: {
      var page = PageSketch()
      page.grid(xs: [100, 400], ys: [100, 160])
      page.horizontal(120, 200, 400)
      page.horizontal(140, 100, 400)
      page.vertical(200, 100, 160)
      page.vertical(300, 120, 160)
      page.text("Item", x: 105, y: 115)
      page.text("Prices of the year", x: 250, y: 105)
      page.text("Low", x: 210, y: 125)
      page.text("High", x: 310, y: 125)
      page.text("Milk", x: 105, y: 145)
      page.text("1.10", x: 210, y: 145)
      page.text("1.40", x: 310, y: 145)
      return page
    },
    pictures: [[["Item", "Prices of the year", "<"], ["^", "Low", "High"], ["Milk", "1.10", "1.40"]]], strategy: .ruled,
    headerRows: 2)

  static let brokenLine = TablePage(
    name: "a line drawn in some rows parts the others too, where their words keep off it",
    sketch: {
      var page = PageSketch()
      let ys = stride(from: 100.0, through: 220, by: 20).map { $0 }
      page.grid(xs: [100, 400], ys: ys)
      page.vertical(340, 100, 220)
      page.vertical(260, 100, 120)
      page.vertical(260, 200, 220)
      for (row, cells) in [
        ["Kind", "n", "%"], ["Red ones", "7", "35"], ["Blue ones", "6", "30"], ["Green ones", "4", "20"],
        ["Others", "3", "15"], ["Total", "20", "100"],
      ]
      .enumerated() {
        let y = 105 + 20 * Double(row)
        page.text(cells[0], x: 105, y: y)
        page.text(cells[1], x: 330, y: y, anchor: .right)
        page.text(cells[2], x: 390, y: y, anchor: .right)
      }
      return page
    },
    pictures: [
      [
        ["Kind", "n", "%"], ["Red ones", "7", "35"], ["Blue ones", "6", "30"], ["Green ones", "4", "20"],
        ["Others", "3", "15"], ["Total", "20", "100"],
      ]
    ], strategy: .ruled)

  static let labelsBesideRules = TablePage(
    name: "labels that stand beside the rules over the numbers are the first column",
    sketch: {
      var page = PageSketch()
      page.regions = [
        Region(
          kind: .table, box: BoundingBox(left: 80, top: 100, right: 500, bottom: 188), lines: [], confidence: .certain)
      ]
      for y in [118.0, 170, 186] { page.horizontal(y, 300, 500) }
      for (row, cells) in [
        ["", "2025", "2024"], ["Cost of revenue", "178", "141"], ["Research", "3,423", "2,532"],
        ["Selling", "1,136", "876"], ["Total", "4,737", "3,549"],
      ]
      .enumerated() {
        let y = 104 + 17 * Double(row)
        page.text(cells[0], x: 80, y: y)
        page.text(cells[1], x: 390, y: y, anchor: .right)
        page.text(cells[2], x: 500, y: y, anchor: .right)
      }
      return page
    },
    pictures: [
      [
        ["", "2025", "2024"], ["Cost of revenue", "178", "141"], ["Research", "3,423", "2,532"],
        ["Selling", "1,136", "876"], ["Total", "4,737", "3,549"],
      ]
    ])

  static let doubleRules = TablePage(
    name: "rules printed twice are one",
    sketch: {
      var page = TablePage.ruled.sketch()
      page.grid(xs: [102, 202, 302, 402], ys: [102, 122, 142, 162])
      return page
    },
    pictures: ruled.pictures, strategy: .ruled)

  static let frameOnly = TablePage(
    name: "a frame with a rule under its header",
    sketch: {
      var page = PageSketch()
      page.grid(xs: [100, 400], ys: [100, 120, 200])
      for (row, cells) in [
        ["City", "2010", "2011"], ["Ulm", "12.5", "13.0"], ["Köln", "8.1", "8.4"], ["Jena", "7.0", "7.5"],
        ["Hof", "3.3", "3.1"],
      ]
      .enumerated() {
        page.text(cells[0], x: 105, y: 105 + 18 * Double(row))
        page.text(cells[1], x: 280, y: 105 + 18 * Double(row), anchor: .right)
        page.text(cells[2], x: 380, y: 105 + 18 * Double(row), anchor: .right)
      }
      return page
    },
    pictures: [
      [
        ["City", "2010", "2011"], ["Ulm", "12.5", "13.0"], ["Köln", "8.1", "8.4"], ["Jena", "7.0", "7.5"],
        ["Hof", "3.3", "3.1"],
      ]
    ],
    strategy: .halfRuled, headerRows: 1)

  private static func numbers(
    _ page: inout PageSketch, _ rows: [[String]], xs: [Double], top: Double, step: Double = 14
  ) {
    for (row, cells) in rows.enumerated() {
      for (column, text) in cells.enumerated() where !text.isEmpty {
        page.text(text, x: xs[column], y: top + step * Double(row), anchor: column == 0 ? .left : .right)
      }
    }
  }

  private static let planets = [
    ["Planet", "Mass", "Radius", "Moons"], ["Mercury", "0.06", "0.38", "0"], ["Venus", "0.82", "0.95", "0"],
    ["Earth", "1.00", "1.00", "1"], ["Mars", "0.11", "0.53", "2"],
  ]

  static let booktabs = TablePage(
    name: "rules above, below the header and at the end; title and note stay outside",
    sketch: {
      var page = PageSketch()
      page.text("Table 1. The inner planets and what is known of them today", x: 100, y: 80)
      page.horizontal(97, 100, 400)
      page.horizontal(113, 100, 400)
      page.horizontal(172, 100, 400)
      TablePage.numbers(&page, TablePage.planets, xs: [100, 230, 310, 395], top: 100)
      page.text("Source: measured by nobody in particular, for a test only.", x: 100, y: 180)
      return page
    },
    pictures: [planets], strategy: .halfRuled, headerRows: 1)

  static let unruled = TablePage(
    name: "numbers in columns without any rule",
    sketch: {
      var page = PageSketch()
      TablePage.numbers(&page, TablePage.planets, xs: [100, 230, 310, 395], top: 100)
      return page
    },
    pictures: [planets], strategy: .unruled, headerRows: 1)

  static let spannedHeader = TablePage(
    name: "a heading over two columns, with and without a rule",
    sketch: {
      var page = PageSketch()
      page.text("Men", x: 245, y: 86, anchor: .center)
      page.text("Women", x: 405, y: 86, anchor: .center)
      page.horizontal(99, 190, 300)
      TablePage.numbers(
        &page,
        [
          ["Year", "Count", "Share", "Count", "Share"], ["1990", "120", "45.1", "146", "54.9"],
          ["2000", "131", "47.0", "148", "53.0"],
          ["2010", "140", "49.5", "143", "50.5"],
        ], xs: [100, 220, 300, 380, 460], top: 102)
      return page
    },
    pictures: [
      [
        ["Year", "Men", "<", "Women", "<"], ["^", "Count", "Share", "Count", "Share"],
        ["1990", "120", "45.1", "146", "54.9"],
        ["2000", "131", "47.0", "148", "53.0"], ["2010", "140", "49.5", "143", "50.5"],
      ]
    ], headerRows: 2)

  static let wrappedLabels = TablePage(
    name: "labels that go on in lower case belong to the row above",
    sketch: {
      var page = PageSketch()
      TablePage.numbers(
        &page,
        [
          ["Measure", "2001", "2002"], ["Income of the household", "10.5", "11.5"], ["  after tax", "", ""],
          ["Wealth", "20.5", "21.5"],
          ["Debt", "5.5", "6.5"],
        ], xs: [100, 320, 400], top: 100)
      return page
    },
    pictures: [
      [
        ["Measure", "2001", "2002"], ["Income of the household after tax", "10.5", "11.5"], ["Wealth", "20.5", "21.5"],
        ["Debt", "5.5", "6.5"],
      ]
    ])

  static let multiLineCells = TablePage(
    name: "close lines are one row, wide leading parts rows",
    sketch: {
      var page = PageSketch()
      page.horizontal(95, 90, 420)
      page.horizontal(116, 90, 420)
      page.horizontal(236, 90, 420)
      page.text("Term", x: 100, y: 100, font: 1)
      page.text("Meaning", x: 220, y: 100, font: 1)
      let rows = [
        ("Engine", ["turns fuel into motion and", "drives the wheels"]),
        ("Brake", ["turns motion into heat and", "stops the wheels"]),
        ("Clutch", ["parts the engine from the", "gear box"]),
      ]
      for (index, row) in rows.enumerated() {
        let y = 124 + 38 * Double(index)
        page.text(row.0, x: 100, y: y)
        page.text(row.1[0], x: 220, y: y)
        page.text(row.1[1], x: 220, y: y + 12)
      }
      return page
    },
    pictures: [
      [
        ["Term", "Meaning"], ["Engine", "turns fuel into motion and drives the wheels"],
        ["Brake", "turns motion into heat and stops the wheels"], ["Clutch", "parts the engine from the gear box"],
      ]
    ], strategy: .halfRuled, headerRows: 1)

  static let sideBySide = TablePage(
    name: "two grids side by side",
    sketch: {
      var page = PageSketch()
      for left in [60.0, 330] {
        page.grid(xs: [left, left + 100, left + 200], ys: [80, 100, 120, 140])
        page.text("Key", x: left + 5, y: 85)
        page.text("Value", x: left + 105, y: 85)
        page.text("A", x: left + 5, y: 105)
        page.text("\(Int(left))", x: left + 105, y: 105)
        page.text("B", x: left + 5, y: 125)
        page.text("7", x: left + 105, y: 125)
      }
      return page
    },
    pictures: [[["Key", "Value"], ["A", "60"], ["B", "7"]], [["Key", "Value"], ["A", "330"], ["B", "7"]]],
    strategy: .ruled)

  static let framedCells = TablePage(
    name: "cells framed one by one",
    sketch: {
      var page = PageSketch()
      for row in 0..<3 {
        for column in 0..<3 {
          let x = 100 + 80 * Double(column)
          let y = 100 + 24 * Double(row)
          page.grid(xs: [x, x + 77], ys: [y, y + 21])
          page.text("c\(row)\(column)", x: x + 10, y: y + 5)
        }
      }
      return page
    },
    pictures: [[["c00", "c01", "c02"], ["c10", "c11", "c12"], ["c20", "c21", "c22"]]], strategy: .ruled)

  static let sectionHeads = TablePage(
    name: "a label without numbers is a row of its own",
    sketch: {
      var page = PageSketch()
      TablePage.numbers(
        &page,
        [
          ["Region", "2001", "2002", "2003"], ["North", "", "", ""], ["Kiel", "1.5", "2.5", "3.5"],
          ["Bremen", "2.5", "3.5", "4.5"],
          ["South", "", "", ""], ["Ulm", "3.5", "4.5", "5.5"], ["Hof", "4.5", "5.5", "6.5"],
        ], xs: [100, 220, 300, 380], top: 100)
      return page
    },
    pictures: [
      [
        ["Region", "2001", "2002", "2003"], ["North", "", "", ""], ["Kiel", "1.5", "2.5", "3.5"],
        ["Bremen", "2.5", "3.5", "4.5"],
        ["South", "", "", ""], ["Ulm", "3.5", "4.5", "5.5"], ["Hof", "4.5", "5.5", "6.5"],
      ]
    ])

  static let centredHead = TablePage(
    name: "a heading in the middle of the value columns spans them",
    sketch: {
      var page = PageSketch()
      TablePage.numbers(
        &page,
        [
          ["Source", "2001", "2002", "2003"], [], ["Actual", "1.5", "2.5", "3.5"], ["Planned", "2.5", "3.5", "4.5"], [],
          ["Actual", "9.5", "8.5", "7.5"], ["Planned", "4.5", "5.5", "6.5"],
        ], xs: [100, 220, 300, 380], top: 100)
      page.text("Pupils", x: 290, y: 114, anchor: .center)
      page.text("Teachers", x: 290, y: 156, anchor: .center)
      return page
    },
    pictures: [
      [
        ["Source", "2001", "2002", "2003"], ["", "Pupils", "<", "<"], ["Actual", "1.5", "2.5", "3.5"],
        ["Planned", "2.5", "3.5", "4.5"],
        ["", "Teachers", "<", "<"], ["Actual", "9.5", "8.5", "7.5"], ["Planned", "4.5", "5.5", "6.5"],
      ]
    ])
}
