import Contracts
import DocumentModel
import Leptonica
import Testing

@testable import Tables

struct GroundEdgesTests {
  private static let xs = [100.0, 180, 260, 330]

  /// Rows of cells 20 points high, the first at 100.
  private func sketch(_ rows: [[String]], pitch: Double = 20) -> PageSketch {
    var sketch = PageSketch()
    for (row, cells) in rows.enumerated() {
      for (text, x) in zip(cells, Self.xs) where !text.isEmpty {
        sketch.text(text, x: x, y: 105 + pitch * Double(row), font: row == 0 ? 1 : 0)
      }
    }
    return sketch
  }

  /// A raster of bands of grey across the table, from a top to a bottom each, with the letters as black boxes.
  private func ink(_ page: PageSketch, bands: [(from: Double, to: Double)], left: Double = 95, grey: UInt32) -> PageInk
  {
    let words = page.words.map(\.box)
    return PageInk(resolution: 144) {
      var pixels = [UInt32](repeating: 0xFFFFFF, count: 1_200 * 1_600)
      func fill(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double, _ grey: UInt32) {
        for y in Int(2 * top)..<Int(2 * bottom) {
          for x in Int(2 * left)..<Int(2 * right) { pixels[1_200 * y + x] = grey * 0x10101 }
        }
      }
      for band in bands { fill(left, band.from, 560, band.to, grey) }
      for box in words { fill(box.left, box.top, box.right, box.bottom, 0) }
      return try pixels.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: 1_200, height: 1_600, bytesPerRow: 4_800, resolution: 144, as: .grey)
      }
    }
  }

  private static let options = [
    ["Option", "Type", "Default", "Meaning"], ["verify", "boolean", "true", "Whether names are checked"],
    ["proxy", "string", "", "Address of a proxy"], ["headers", "map", "none", "Extra fields to send"],
    ["retries", "integer", "3", "How often it is sent again"],
  ]

  @Test("stripes part rows, also where a cell is empty and the words begin small", arguments: [0xF9 as UInt32, 0xDD])
  func stripes(grey: UInt32) throws {
    let page = sketch(Self.options)
    let bands = [(140.0, 160.0), (180, 200)].map { (from: $0.0, to: $0.1) }
    #expect(try page.tables(ink: ink(page, bands: bands, grey: grey)).tables.map(\.picture) == [Self.options])
  }

  @Test("pale hair lines part rows")
  func hairLines() throws {
    let page = sketch(Self.options)
    let lines = (1...5).map { (from: 100 + 20 * Double($0), to: 100.5 + 20 * Double($0)) }
    #expect(try page.tables(ink: ink(page, bands: lines, grey: 0xEE)).tables.map(\.picture) == [Self.options])
  }

  @Test("rows below the label of their group are parted by hair lines beside it")
  func groups() throws {
    let rows = [
      ["Category", "Device", "Range", "Accuracy"], ["Pressure", "Gauge", "low", "good"],
      ["", "Sensor", "high", "better"],
      ["", "Membrane", "low", "poor"], ["Flow", "Vortex", "all", "good"], ["", "Magnet", "high", "poor"],
    ]
    let page = sketch(rows)
    let lines = (1...5).map { (from: 100 + 20 * Double($0), to: 100.5 + 20 * Double($0)) }
    let found = try page.tables(ink: ink(page, bands: lines, left: 175, grey: 0xDD)).tables
    #expect(found.map(\.picture) == [rows])
  }

  @Test("bars of fractions are no ground: only what is pale or goes on parts rows")
  func bars() throws {
    let page = sketch(Self.options)
    let lines = (1...5).map { (from: 100 + 20 * Double($0), to: 100.5 + 20 * Double($0)) }
    let drawn = try page.tables(ink: ink(page, bands: lines, grey: 0)).tables.map(\.picture)
    #expect(try drawn == page.tables().tables.map(\.picture))
  }

  @Test("a dark header and stripes part rows of several lines")
  func darkHeader() throws {
    let rows = [
      ["Term", "Owner", "Kind", "Meaning"], ["Float", "Planner", "Time", "how late a task"],
      ["", "", "", "may come at most"],
      ["Sponsor", "Board", "Role", "who pays for it"], ["Baseline", "Office", "Plan", "what all later"],
      ["", "", "", "plans are held to"],
    ]
    let page = sketch(rows, pitch: 14)
    let striped = PageInk(resolution: 144) {
      var pixels = [UInt32](repeating: 0xFFFFFF, count: 1_200 * 1_600)
      for y in 2 * 98..<2 * 117 { for x in 190..<1_120 { pixels[1_200 * y + x] = 0x444444 } }
      for y in 2 * 146..<2 * 159 { for x in 190..<1_120 { pixels[1_200 * y + x] = 0xEEEEEE } }
      return try pixels.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: 1_200, height: 1_600, bytesPerRow: 4_800, resolution: 144, as: .grey)
      }
    }
    #expect(
      try page.tables(ink: striped).tables.map(\.picture) == [
        [
          rows[0], ["Float", "Planner", "Time", "how late a task may come at most"], rows[3],
          ["Baseline", "Office", "Plan", "what all later plans are held to"],
        ]
      ])
  }

  @Test("stripes part rows whose cells stand in their middle, far apart and below the name of a group")
  func rowsInTheMiddle() throws {
    let texts: [[[String]]] = [
      [["Standard"], ["No."], ["What is told"], ["Where it is told"]],
      [["Profile"], ["2-1"], ["Name of the office"], ["Page four"]],
      [[], ["2-2"], ["Products and all", "services"], ["Annual report"]],
      [[], ["2-3"], ["Seat of the office"], ["Listed in the report on", "the stock exchange"]],
      [[], ["2-4"], ["Markets served"], ["Annual report"]],
      [
        ["Plans"], ["3-1"], ["What the board says", "of the years to come"],
        ["Annual report", "Second report, page 9"],
      ],
      [[], ["3-2"], ["Values held"], ["Annual report"]],
    ]
    var page = PageSketch()
    for (row, cells) in texts.enumerated() {
      for (lines, x) in zip(cells, [100.0, 180, 260, 400]) {
        for (line, text) in lines.enumerated() {
          let leading = x > 300 && row == 5 ? 17.0 : 12
          page.text(text, x: x, y: 115 + 40 * Double(row) + leading * (Double(line) - Double(lines.count - 1) / 2))
        }
      }
    }
    let bands = [(180.0, 220.0), (260, 300), (340, 380)].map { (from: $0.0, to: $0.1) }
    let header = [(from: 139.5, to: 140.0)]
    let found = try page.tables(ink: ink(page, bands: bands + header, grey: 0xEC)).tables
    #expect(found.map(\.picture) == [texts.map { $0.map { $0.joined(separator: " ") } }])
  }

  @Test("a few rows that are shaded to stand out part and join nothing else")
  func shadedRows() throws {
    let names = ["Ash", "Beech", "Cedar", "Elm", "Fir", "Larch", "Maple", "Oak", "Pine"]
    let rows = [["Tree", "Leaf", "Wood", "Use"]] + names.map { [$0, "Broad", "Hard", "Chairs"] }
    let page = sketch(rows)
    let bands = [(160.0, 180.0), (240, 260)].map { (from: $0.0, to: $0.1) }
    #expect(try page.tables(ink: ink(page, bands: bands, grey: 0xDD)).tables.map(\.picture) == [rows])
  }

  @Test("paper that darkens down the page and grain part nothing")
  func paper() throws {
    let rows = [
      ["Term", "Owner", "Kind", "Meaning"], ["Float", "Planner", "Time", "How late a task"],
      ["", "", "", "may be at most"],
      ["Sponsor", "Board", "Role", "Who pays for"], ["", "", "", "the project"],
      ["Baseline", "Office", "Plan", "What all later"], ["", "", "", "plans are held to"],
    ]
    let page = sketch(rows, pitch: 12)
    let words = page.words.map(\.box)
    let grain = PageInk(resolution: 72) {
      var pixels = [UInt32](repeating: 0, count: 600 * 800)
      for index in pixels.indices {
        let noise = (index &* 2_654_435_761) >> 7 & 15
        pixels[index] = UInt32(230 - index / 600 / 8 + noise) * 0x10101
      }
      for box in words {
        for y in Int(box.top)..<Int(box.bottom) { for x in Int(box.left)..<Int(box.right) { pixels[600 * y + x] = 0 } }
      }
      return try pixels.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: 600, height: 800, bytesPerRow: 2_400, resolution: 72, as: .grey)
      }
    }
    #expect(try page.tables(ink: grain).tables.map(\.picture) == page.tables().tables.map(\.picture))
  }
}
