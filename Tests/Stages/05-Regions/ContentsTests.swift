import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Lines of a table of contents")
struct ContentsTests {
  /// A row of contents whose page number ends at one edge: a chapter without dots, as a line for the title and one for
  /// the number, or a section with them.
  private static func row(_ title: String, _ page: Int, dots: Bool = true, left: Double = 60) -> [(
    text: String, left: Double
  )] {
    let number = "\(page)"
    let end = 540 - 5 * Double(number.count)
    guard dots else { return [(title, left), (number, end)] }
    // Words of the builder are half an em wide for each letter, with a quarter between.
    let width = Double(title.filter { $0 != " " }.count) * 5 + 2.5 * Double(title.split(separator: " ").count)
    let count = Int((end - left - width) / 7.5)
    return [(([title] + Array(repeating: ".", count: count) + [number]).joined(separator: " "), left)]
  }

  @Test("are an item each, with chapters that have no dots among them, and no table", arguments: [false, true])
  func items(isFramed: Bool) throws {
    var document = DocumentBuilder()
    document.block(["Contents"], baseline: 80, size: 16, face: .bold)
    document.table(
      [
        Self.row("1 Licence", 1, dots: false), Self.row("1.1 Terms of use", 1, left: 75),
        Self.row("1.2 Warranty", 2, left: 75), Self.row("2 Installation", 4, dots: false),
        Self.row("2.1 What is needed", 4, left: 75), Self.row("2.2 First start", 7, left: 75),
      ], baseline: 110)
    if isFramed { for y in [60.0, 200] { document.rule(.horizontal, at: y, from: 50, to: 550) } }
    document.prose(lines: 6, baseline: 300)
    let result = try document.run()
    #expect(result.kinds() == [.title] + Array(repeating: .listItem, count: 6) + [.paragraph])
    let items = result.texts(.listItem)
    #expect(items.first == "1 Licence 1")
    #expect(items.last?.hasPrefix("2.2 First start . . .") == true && items.last?.hasSuffix(". 7") == true)
  }

  @Test("a running title with its page number above them is none of them")
  func runningTitle() throws {
    var document = DocumentBuilder()
    document.block(["Some prose before"], baseline: 40)
    document.newPage()
    document.table([Self.row("CONTENTS", 3, dots: false)], baseline: 50)
    document.table([Self.row("1 One", 1), Self.row("2 Two", 5), Self.row("3 Three", 9)], baseline: 95)
    let result = try document.run()
    #expect(result.texts(.listItem, page: 2).count == 3)
    #expect(result.texts(.listItem, page: 2).first?.hasPrefix("1 One") == true)
  }

  @Test("a title that wraps is one item; a short line between two is none of them")
  func wrapped() throws {
    var document = DocumentBuilder()
    document.table(
      [
        Self.row("1 Short", 1),
        [("2 A title that is much longer than the others and for which one line did not do", 60)],
        Self.row("so it goes on here", 3), Self.row("3 Next", 5), [("Part two", 60)], Self.row("4 Last", 9),
      ], baseline: 110)
    let result = try document.run()
    let items = result.texts(.listItem)
    #expect(items.count == 4)
    #expect(items.count > 1 && items[1].hasPrefix("2 A title that") && items[1].hasSuffix(" 3"))
    #expect(!items.contains { $0.contains("Part two") })
  }

  @Test("dots before values that fall are a table's, and an ellipsis leads nowhere")
  func others() throws {
    var values = DocumentBuilder()
    values.table(
      [Self.row("Alpha", 93), Self.row("Beta", 12), Self.row("Gamma", 57), Self.row("Delta", 8)], baseline: 110)
    #expect(try values.run().texts(.listItem).isEmpty)
    var ellipsis = DocumentBuilder()
    ellipsis.block(["he paused ... 1", "and said ... 2", "nothing more ... 3", "at all ... 4"], baseline: 100)
    #expect(try ellipsis.run().texts(.listItem).isEmpty)
  }

  @Test("below a heading that names them they need no dots, and what comes after them is not of them")
  func withoutDots() throws {
    var document = DocumentBuilder()
    document.block(["A Manual of Lines"], baseline: 60, size: 20)
    document.block(["Contents"], baseline: 90, size: 14, face: .bold)
    document.table(
      [
        Self.row("1 Licence", 1, dots: false), Self.row("2 First start", 4, dots: false),
        Self.row("3 Use", 9, dots: false),
      ],
      baseline: 110, leading: 20)
    document.block(["1   Licence"], baseline: 180, size: 14, face: .bold)
    document.prose(lines: 6, baseline: 210)
    let result = try document.run()
    #expect(result.texts(.listItem) == ["1 Licence 1", "2 First start 4", "3 Use 9"])
    #expect(result.texts(.heading) == ["Contents", "1 Licence"])
  }

  @Test("the heading above them and the first heading below them are two, in one block too")
  func headingsAround() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 60)
    document.newPage()
    let entries = (1...4).map { Self.row("\($0) Chapter", 3 * $0) }
    document.table([[("Contents", 60)]] + entries + [[("1 Chapter", 60)]], baseline: 80, leading: 18)
    document.prose(lines: 6, baseline: 220)
    let result = try document.run()
    #expect(result.texts(.listItem, page: 2).count == 4)
    #expect(result.texts(.heading, page: 2) == ["Contents", "1 Chapter"])
  }

  @Test("contents in two columns go on in the second, and titles that wrap stand in behind their numbers")
  func twoColumns() throws {
    var document = DocumentBuilder()
    document.block(["Contents"], baseline: 80, size: 16, face: .bold)
    document.columns([
      BoundingBox(left: 60, top: 60, right: 260, bottom: 760), BoundingBox(left: 300, top: 60, right: 500, bottom: 760),
    ])
    document.table(
      [
        [("1 Introduction", 60), ("2", 255)], [("2 What is needed", 60)], [("and what is not", 75), ("3", 255)],
        [("2.1 Licence", 75), ("4", 255)], [("3 Usage", 60), ("6", 255)],
      ], baseline: 110, leading: 12)
    document.table(
      [
        [("A Writing", 300)], [("one by oneself", 315), ("12", 490)], [("B Commands", 300), ("13", 490)],
        [("C Questions", 300), ("15", 490)],
      ], baseline: 110, leading: 12, column: 1)
    document.prose(lines: 6, baseline: 300)
    let result = try document.run()
    #expect(
      result.texts(.listItem) == [
        "1 Introduction 2", "2 What is needed and what is not 3", "2.1 Licence 4", "3 Usage 6",
        "A Writing one by oneself 12", "B Commands 13", "C Questions 15",
      ])
    #expect(!result.kinds().contains(.table))
  }

  @Test("each entry of an index is an item with its wrapped numbers; letters between them are none")
  func index() throws {
    var document = DocumentBuilder()
    document.prose(lines: 5, baseline: 60)
    document.block(["Index"], baseline: 176, size: 14, face: .bold)
    document.block(
      [
        "A", "abrasion, 12, 44", "accretion, 45–47", "aquifers, 3, 21–29, 31,", "40, 52", "confined, 22",
        "depth of, xii",
      ],
      baseline: 200, indents: [4: 18, 5: 9, 6: 9])
    document.block(["B", "banks, 60–66", "erosion, see banks", "bores, 33, 35"], baseline: 300)
    let items = try document.run().texts(.listItem)
    #expect(
      items == [
        "abrasion, 12, 44", "accretion, 45–47", "aquifers, 3, 21–29, 31, 40, 52", "confined, 22", "depth of, xii",
        "banks, 60–66", "erosion, see banks", "bores, 33, 35",
      ])
  }

  @Test("lines of prose and works with their years are no index")
  func noIndex() throws {
    var document = DocumentBuilder()
    document.prose(lines: 5, baseline: 60)
    document.block((0..<9).map { "A book of rivers and wells, 19\(10 + $0)" }, baseline: 200)
    document.block(
      (0..<9).map { "and there were, as far as anybody knew who lived in the town of old, 1\($0)" }, baseline: 400)
    #expect(try document.run().texts(.listItem).isEmpty)
  }
}
