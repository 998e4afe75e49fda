import Contracts
import DocumentModel
import TestSupport
import Testing

@testable import Tables

struct HostilePageTests {
  @Test("irregular nets of rules never trap, and every place is covered once", arguments: 0..<60)
  func irregularNets(seed: Int) throws {
    var dice = SeededGenerator(UInt64(seed))
    var page = PageSketch()
    let step = seed % 2 == 0 ? 1.0 : 20.0  // on a lattice or anywhere
    func place(_ value: Double) -> Double { step == 20 ? (value / step).rounded() * step : value }
    for _ in 0..<(10 + seed) {
      let a = place(dice.number(below: 500))
      let b = place(dice.number(below: 500))
      let c = place(dice.number(below: 500))
      if dice.next() % 2 == 0 { page.horizontal(a, b, c) } else { page.vertical(a, b, c) }
    }
    for index in 0..<80 {
      page.text("w\(index)", x: dice.number(below: 500), y: dice.number(below: 500), em: 4 + dice.number(below: 10))
    }
    let found = try page.tables()
    for table in found.tables { #expect(table.isCoveredOnce) }
    let words = found.tables.flatMap { $0.cells.flatMap(\.words) }
    #expect(Set(words).count == words.count)
    #expect(try page.tables() == found, "the same page, the same tables")
  }

  @Test("words without width, off the page or at one place do no harm")
  func degenerateWords() throws {
    var page = PageSketch()
    for index in 0..<300 {
      let x = Double(index % 3) * 1e7 - 1e7
      page.words.append(
        Word(
          text: index % 2 == 0 ? "1" : "", box: BoundingBox(left: x, top: .nan, right: x, bottom: x),
          source: .textLayer, size: 0))
    }
    page.grid(xs: [-1e9, 0, 1e9], ys: [0, 0, 0.001, 1e9])
    #expect(try page.tables().tables.allSatisfy { $0.isCoveredOnce })
  }

  @Test("50,000 words with 6,000 rules are read in seconds", .timeLimit(.minutes(10)))
  func manyWords() throws {
    var page = PageSketch()
    page.size = PageSize(width: 5_000, height: 10_000)
    for row in 0..<500 {
      for column in 0..<100 {
        page.words.append(
          Word(
            text: "\(row * column)",
            box: BoundingBox(
              left: Double(column) * 48, top: Double(row) * 18, right: Double(column) * 48 + 22,
              bottom: Double(row) * 18 + 10),
            source: .textLayer, size: 10))
      }
      for part in 0..<12 { page.horizontal(Double(row) * 18 - 4, Double(part) * 400, Double(part) * 400 + 399) }
    }
    let found = try page.tables().tables
    #expect(found.allSatisfy { $0.isCoveredOnce })
    #expect(found.contains { $0.columns == 100 && $0.rows >= 499 })
  }

  @Test("a grid of more columns than the limit is cut, not followed")
  func tooManyColumns() throws {
    var page = PageSketch()
    page.size = PageSize(width: 9_000, height: 400)
    for row in 0..<4 {
      for column in 0..<400 { page.text("\(column)", x: Double(column) * 22, y: 100 + 14 * Double(row), em: 6) }
    }
    #expect(try page.tables().tables.allSatisfy { $0.columns <= 200 && $0.isCoveredOnce })
  }

  @Test("hundreds of nested frames and rules around 20,000 words do not multiply the work", .timeLimit(.minutes(10)))
  func nestedFrames() throws {
    var page = PageSketch()
    page.size = PageSize(width: 6_000, height: 6_000)
    for row in 0..<200 {
      for column in 0..<100 {
        let left = 2_000 + Double(column) * 20, top = 2_000 + Double(row) * 10
        page.words.append(
          Word(
            text: "w", box: BoundingBox(left: left, top: top, right: left + 8, bottom: top + 8), source: .textLayer,
            size: 8))
      }
    }
    for frame in 0..<200 {
      let low = 1_990 - Double(frame) * 9, high = 4_010 + Double(frame) * 9
      page.grid(xs: [low, high], ys: [low, high])
      page.horizontal(low - 4, low + 30, high - 30)
      page.horizontal(high + 4, low + 30, high - 30)
    }
    #expect(try page.tables().tables.allSatisfy { $0.isCoveredOnce })
  }
}
