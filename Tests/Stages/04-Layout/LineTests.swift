import Contracts
import DocumentModel
import Testing

@testable import Layout

@Suite("Lines")
struct LineTests {
  @Test("a superscript and a subscript stay in their word's line")
  func scripts() {
    var page = WordPage()
    page.line("energy is mass", left: 50, baseline: 100)
    let square = page.put("2", left: 118.5, baseline: 96, width: 3.5, size: 7)
    page.line("times light", left: 126, baseline: 100)
    let index = page.put("0", left: 177.5, baseline: 102, width: 3.5, size: 7)
    page.line("and the next line of text", left: 50, baseline: 112)
    let layout = Geometry.layout(page)
    #expect(layout.lines.count == 2)
    #expect(layout.lines[0].words == [0, 1, 2, square, 4, 5, index])
    #expect(layout.lines[0].size == 10)
    #expect(abs(layout.lines[0].baseline - 100) < 0.1)
  }

  @Test("the raised small capital of a word mark stands between its letters, however little it is raised")
  func wordMark() {
    var page = WordPage()
    let before = page.line("written in a", left: 50, baseline: 100)
    let first = page.put("L", left: 112, baseline: 100, width: 6.2, size: 10)
    let rest = page.put("TEX", left: 119, baseline: 100, width: 18.5, size: 10)
    let small = page.put("A", left: 114.7, baseline: 98, width: 5.9, size: 7)
    let after = page.line("package that does it", left: 141, baseline: 100)
    #expect(Geometry.layout(page).lines.map(\.words) == [before + [first, small, rest] + after])
  }

  @Test("a mark above a comma stands inside its word's box and stays in the line")
  func markOverComma() {
    var page = WordPage()
    page.put("Hartnett,", left: 50, baseline: 100, width: 60, size: 12)
    let mark = page.put("4", left: 102, baseline: 95, width: 4, size: 7)
    page.line("Danielle and others write a long list of names", left: 114, baseline: 100, size: 12)
    let layout = Geometry.layout(page)
    #expect(layout.lines.count == 1)
    #expect(layout.lines[0].words.firstIndex(of: mark) == 1)
  }

  @Test("the lowered letter of a word mark stands in the gap that its neighbours leave, a watermark does not")
  func loweredLetter() {
    for size in [10.0, 140] {
      var page = WordPage()
      let before = page.line("written in a", left: 50, baseline: 100)
      let first = page.put("T", left: 112, baseline: 100, width: 6.1, size: 10)
      let rest = page.put("X", left: 121.2, baseline: 100, width: 7.2, size: 10)
      let after = page.line("package that does it", left: 131, baseline: 100)
      let lowered = page.put("E", left: 116.4, baseline: size == 10 ? 102.2 : 104, width: 0.61 * size, size: size)
      let line = Geometry.layout(page).lines.first { $0.words.contains(first) }?.words
      #expect(line == before + [first] + (size == 10 ? [lowered] : []) + [rest] + after)
    }
  }

  @Test("a raised mark between a name and its comma stays with the name that the source sets it to")
  func markBeforeComma() {
    var page = WordPage()
    page.line("A template that shows how it is done", left: 50, baseline: 84, size: 20)
    var wanted: [Int] = []
    var left = 50.0
    for (place, name) in ["Gogolin", "Huber", "Granade", "Meyer"].enumerated() {
      let width = 6 * Double(name.count)
      wanted.append(page.put(name, left: left, baseline: 114, width: width, size: 12, joinsNext: true))
      wanted.append(page.put("\(place + 2)", left: left + width, baseline: 110.4, width: 4.2, size: 8))
      wanted.append(page.put(",", left: left + width + 4.7, baseline: 114, width: 3.2, size: 12))
      left += width + 11.8
    }
    #expect(Geometry.layout(page).lines.map(\.words).dropFirst() == [wanted])
  }

  @Test("a list's sign from another font stands before its item, on whatever baseline it is thought to be")
  func lowBullet() {
    var page = WordPage()
    let items = (0..<3).map { row in
      let baseline = 100 + 14.4 * Double(row)
      let item = page.line("an item of the list", left: 64, baseline: baseline, size: 12)
      return [page.put("•", left: 50, baseline: baseline + 3.9, width: 6, size: 12)] + item
    }
    #expect(Geometry.layout(page).lines.map(\.words) == items)
  }

  @Test("a drop cap begins its paragraph's first line")
  func dropCap() {
    var page = WordPage()
    let cap = page.put("T", left: 50, baseline: 124, width: 20, size: 32)
    let first = page.line("he first line beside the initial of this text", left: 73, baseline: 104)
    let second = page.line("second line beside the initial of this text", left: 73, baseline: 116)
    let third = page.line("third line below the initial of this text, as wide as all", left: 50, baseline: 138)
    let layout = Geometry.layout(page)
    #expect(layout.lines.map(\.words) == [[cap] + first, second, third])
  }

  @Test("words of one line may stand on baselines that wander a little")
  func wandering() {
    var page = WordPage()
    for (place, word) in ["scanned", "words", "never", "stand", "quite", "level"].enumerated() {
      page.put(word, left: 50 + 42 * Double(place), baseline: 100 + (place % 2 == 0 ? 0.8 : -0.8), width: 38, size: 10)
    }
    #expect(Geometry.layout(page).lines.count == 1)
  }

  @Test("a wide gap parts a row into lines; a vertical rule parts it too")
  func gaps() {
    var page = WordPage()
    page.line("Total amount", left: 50, baseline: 100)
    page.line("12.50", left: 300, baseline: 100)
    page.line("left cell", left: 50, baseline: 200)
    page.line("right cell", left: 103, baseline: 200)
    let rule = RulingLine(axis: .vertical, position: 99, start: 190, end: 210, thickness: 0.5)
    let layout = Geometry.layout(page, rules: [rule])
    #expect(
      Geometry.texts(layout, page.words) == ["Total amount", "12.50", "left cell", "right cell"])
  }

  @Test("skewed lines are straightened for thought and kept in place", arguments: [-3.0, -1.0, 1.5, 4.0])
  func skew(degrees: Double) {
    var straight = WordPage()
    straight.paragraph(lines: 30, left: 60, width: 480, baseline: 120, tag: "skew")
    var page = WordPage()
    let slope = degrees * .pi / 180  // small angles: the tangent is the angle
    for word in straight.words {
      let dy = slope * (word.box.midX - 297)
      let dx = -slope * (word.box.midY - 421)
      page.add(
        Word(
          text: word.text,
          box: BoundingBox(
            left: word.box.left + dx, top: word.box.top + dy, right: word.box.right + dx, bottom: word.box.bottom + dy),
          source: .recognition, size: word.size))
    }
    let layout = Geometry.layout(page, skew: degrees)
    #expect(layout.lines.count == 30)
    #expect(Geometry.order(layout) == Array(page.words.indices))
  }

  @Test("a page scanned sideways gives the lines of the upright one", arguments: [QuarterTurn.right, .half, .left])
  func turned(turn: QuarterTurn) {
    var page = WordPage()
    let left = page.paragraph(lines: 30, left: 50, width: 235, baseline: 100, tag: "left")
    let right = page.paragraph(lines: 30, left: 305, width: 235, baseline: 104, tag: "right")
    let (size, words) = page.turned(turn)
    let layout = PageGeometry(size: size, words: words, rules: [], images: [], columns: .auto).output()
    #expect(Geometry.order(layout) == left + right)
    #expect(layout.lines.allSatisfy { $0.turn == turn && size.bounds.contains($0.box, tolerance: 0.01) })
    #expect(layout.columns.count == 2)
    #expect(layout.columns.allSatisfy { size.bounds.contains($0, tolerance: 0.01) })
  }

  @Test("text that runs up the margin is no part of the lines beside it")
  func margin() {
    var page = WordPage()
    let text = page.paragraph(lines: 30, left: 60, width: 480, baseline: 120, tag: "text")
    // The text layer does not tell that these stand: their boxes do.
    for (place, word) in ["Downloaded", "from", "example.org"].enumerated() {
      page.add(
        Word(
          text: word,
          box: BoundingBox(left: 10, top: 400 - 60 * Double(place), right: 19, bottom: 450 - 60 * Double(place)),
          source: .textLayer, size: 9))
    }
    let layout = Geometry.layout(page)
    #expect(Array(Geometry.order(layout).prefix(text.count)) == text)
    #expect(layout.lines.last?.turn == .left)
    #expect(layout.lines.last?.words == [text.count, text.count + 1, text.count + 2])
  }

  @Test("numbers and Latin words in right-to-left lines keep their own order")
  func mixedDirections() {
    var page = WordPage()
    // By place from the left: the sentence's last word first.
    for (place, word) in ["עולם", "ספר", "Open", "Source", "מילה", "שלום"].enumerated() {
      page.put(word, left: 50 + 40 * Double(place), baseline: 100, width: 35, size: 10)
    }
    let layout = Geometry.layout(page)
    #expect(Geometry.texts(layout, page.words) == ["שלום מילה Open Source ספר עולם"])
    #expect(layout.lines[0].direction == .rightToLeft)
  }

  @Test("on a right-to-left page a number's full stop follows it, and a marker apart from its item comes first")
  func rightToLeftRows() {
    var page = WordPage()
    for (place, word) in ["עולם", "שלום", "מילה", "ספר"].enumerated() {
      page.put(word, left: 50 + 40 * Double(place), baseline: 100, width: 35, size: 10)
    }
    page.put(".", left: 167, baseline: 112, width: 3, size: 10)
    page.put("2024", left: 170, baseline: 112, width: 20, size: 10)
    page.put("פריט", left: 120, baseline: 124, width: 35, size: 10)
    page.put("3.", left: 190, baseline: 124, width: 8, size: 10)
    let texts = Geometry.texts(Geometry.layout(page), page.words)
    #expect(texts == ["ספר מילה שלום עולם", "2024 .", "3.", "פריט"])
  }

  @Test("a word whose lowered letter makes its box higher stands on the line of its neighbours")
  func loweredLetterAmidLowerBoxes() {
    var page = WordPage()
    let before = page.line("些人在这里写字", left: 60, baseline: 100)
    // As high boxes as the size, of which these end higher: fonts differ in where their boxes lie.
    page.add(
      Word(
        text: "TEX", box: BoundingBox(left: 100, top: 93.3, right: 116, bottom: 105.7), source: .textLayer, font: 1,
        size: 10))
    let after = page.line("些人在这里", left: 118, baseline: 100)
    let layout = Geometry.layout(page)
    #expect(layout.lines.count == 1)
    #expect(Geometry.order(layout) == before + [before.count] + after)
  }

  @Test("a sign from a face whose boxes reach far below the line stands between the words that it stands between")
  func signFromTallFace() {
    var page = WordPage()
    page.line("of text that runs on over the row", left: 60, baseline: 88)
    let before = page.line("with 1", left: 60, baseline: 100)
    page.add(
      Word(
        text: "−", box: BoundingBox(left: 93, top: 92.5, right: 101, bottom: 108), source: .textLayer, font: 1, size: 10
      ))
    let after = page.line("x of them and no more", left: 104, baseline: 100)
    page.line("before the paragraph goes to its end", left: 60, baseline: 112)
    let layout = Geometry.layout(page)
    #expect(layout.lines.count == 3)
    #expect(layout.lines[1].words == before + [before[1] + 1] + after)
  }

  @Test("a small letter whose box hugs it, set below a line, takes no word of that line to itself")
  func huggingBox() {
    var page = WordPage()
    var line = page.line("the value for a wide hat is", left: 60, baseline: 100)
    let accent = page.words.count
    page.add(
      Word(
        text: "e", box: BoundingBox(left: 185, top: 98, right: 190, bottom: 104), source: .textLayer, font: 1, size: 10)
    )
    let right = page.words.last { $0.text == "is" }?.box.right ?? 0
    line += page.line("told here", left: right + 3, baseline: 100)
    #expect(Geometry.layout(page).lines.contains { $0.words.filter { $0 != accent } == line })
  }
}
