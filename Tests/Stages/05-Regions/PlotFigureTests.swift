import DocumentModel
import Testing

@testable import Regions

@Suite("Plots")
struct PlotFigureTests {
  private static let plot = BoundingBox(left: 140, top: 260, right: 440, bottom: 420)

  @Test("with numbers below and beside their frame are figures, with their names, titles and legends")
  func framed() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.centred("Partial for age", on: 290, baseline: 248, size: 10, face: .sansBold)
    document.frame(Self.plot)
    document.numbers(around: Self.plot)
    document.block(["female, diagnosis at age 60"], left: 160, baseline: 280, size: 8, face: .sans)
    document.block(["male, diagnosis at age 60"], left: 160, baseline: 290, size: 8, face: .sans)
    document.centred("Years post diagnosis", on: 290, baseline: 456)
    document.prose(lines: 8, baseline: 480)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .figure, .paragraph])
    let told = try #require(result.texts(.figure).first)
    for label in ["Partial for age", "Years post diagnosis", "male, diagnosis at age 60", "10 20 30", "15"] {
      for word in label.split(separator: " ") { #expect(told.contains(word)) }
    }
  }

  @Test("leave headings, captions and text around them what they are", arguments: [true, false])
  func surroundings(isOwn: Bool) throws {
    var document = DocumentBuilder()
    document.block(["On survival"], baseline: 80, size: 18, face: .bold)
    document.newPage()
    document.prose(lines: 8, baseline: 80)
    document.block(["3 Survival by age"], baseline: 236, size: 12, face: .bold)
    document.frame(Self.plot)
    document.numbers(around: Self.plot, face: isOwn ? .sans : .plain)
    document.centred("Years", on: 290, baseline: 456, face: isOwn ? .sans : .plain)
    document.block(["Figure 2: Survival of all."], baseline: 480)
    document.block(["4 Survival by place"], baseline: 510, size: 12, face: .bold)
    document.prose(lines: 8, baseline: 530)
    let result = try document.run()
    #expect(result.kinds(2) == [.paragraph, .heading, .figure, .caption, .heading, .paragraph])
    #expect(result.texts(.heading, page: 2) == ["3 Survival by age", "4 Survival by place"])
    #expect(result.texts(.figure, page: 2).first?.hasSuffix("Years") == true)
  }

  @Test("that are panels in line make one figure")
  func panels() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    for left in [120.0, 340] {
      let panel = BoundingBox(left: left, top: 260, right: left + 160, bottom: 400)
      document.frame(panel)
      document.numbers(around: panel)
      document.centred("Series \(Int(left))", on: left + 80, baseline: 248, size: 10, face: .sansBold)
      document.centred("Lag", on: left + 80, baseline: 436)
    }
    document.prose(lines: 8, baseline: 460)
    #expect(try document.run().kinds() == [.paragraph, .figure, .paragraph])
  }

  @Test("whose axes stand apart from their bars are figures")
  func bars() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    for step in 0..<4 {
      document.image(
        BoundingBox(
          left: 150 + 60 * Double(step), top: 380 - 30 * Double(step), right: 190 + 60 * Double(step), bottom: 420))
      document.centred(["Jan", "Apr", "Jul", "Oct"][step], on: 170 + 60 * Double(step), baseline: 434)
      document.block(
        ["\(50 * step)"], left: 128 - 4 * Double("\(50 * step)".count), baseline: 423 - 40 * Double(step), size: 8,
        face: .sans)
    }
    document.rule(.vertical, at: 138, from: 300, to: 420)
    document.prose(lines: 8, baseline: 480)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .figure, .paragraph])
    #expect(result.texts(.figure).first?.contains("Oct") == true)
  }

  @Test("that are trees have labels at the ends of three branches and more")
  func tree() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.rule(.vertical, at: 200, from: 260, to: 330)
    document.rule(.vertical, at: 240, from: 300, to: 360)
    document.rule(.horizontal, at: 330, from: 200, to: 240)
    for (name, y, from) in [("Gorilla", 260.0, 200.0), ("Homo", 300, 240), ("Pan", 360, 240)] {
      document.rule(.horizontal, at: y, from: from, to: 300)
      document.block([name], left: 302, baseline: y + 2.4, size: 8, face: .sans)
    }
    document.prose(lines: 8, baseline: 480)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .figure, .paragraph])
    #expect(result.texts(.figure) == ["Gorilla Homo Pan"])
  }

  @Test("are no tables whose rows and columns begin with numbers that count")
  func tables() throws {
    var document = DocumentBuilder()
    document.prose(lines: 4, baseline: 80)
    document.frame(BoundingBox(left: 140, top: 188, right: 440, bottom: 268))
    for x in [240.0, 340] { document.rule(.vertical, at: x, from: 188, to: 268) }
    for row in 1..<5 { document.rule(.horizontal, at: 188 + 16 * Double(row), from: 140, to: 440) }
    document.table(
      (0..<5).map { row in
        [("\(row + 1)", 126.0)] + (0..<3).map { ("\(17 * (row + 3) * ($0 + 2) % 90)", 180 + 100 * Double($0)) }
      } + [(0..<3).map { ("\(10 * $0 + 10)", 180 + 100 * Double($0)) }], baseline: 200, leading: 16)
    document.prose(lines: 4, baseline: 400)
    let result = try document.run()
    #expect(!result.kinds().contains(.figure))
    #expect(result.kinds().contains(.table))
  }

  @Test("are no listings whose numbered lines stand in a frame")
  func listings() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.frame(BoundingBox(left: 80, top: 250, right: 400, bottom: 330))
    document.listing(
      ["let x = 1", "let y = 2", "print(x + y)", "print(x - y)", "print(x * y)", "exit(0)"], baseline: 264)
    #expect(!(try document.run().kinds().contains(.figure)))
  }

  @Test("are no proofs whose numbered steps go on from a rule")
  func proofs() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.rule(.vertical, at: 130, from: 250, to: 340)
    document.rule(.vertical, at: 145, from: 266, to: 320)
    document.rule(.horizontal, at: 274, from: 145, to: 175)
    document.rule(.horizontal, at: 266, from: 130, to: 160)
    document.table(
      (0..<6).map { [("\($0 + 1)", 110.0), (["p → q", "p", "q", "p ∧ q", "r", "p → r"][$0], 152)] }, baseline: 262,
      leading: 14)
    document.prose(lines: 8, baseline: 400)
    #expect(!(try document.run().kinds().contains(.figure)))
  }

  @Test("are no code in a frame above the row of numbers that a table begins with")
  func codeAboveTable() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.frame(BoundingBox(left: 60, top: 230, right: 540, bottom: 280))
    document.block(["begin(TVS)", "TVS([1,2,3,4],[-1,5,2,9])", "end(TVS)"], left: 70, baseline: 246, face: .mono)
    document.table([(1...4).map { ("\($0)", 120 + 80 * Double($0)) }], baseline: 298)
    document.prose(lines: 8, baseline: 400)
    let result = try document.run()
    #expect(!result.kinds().contains(.figure))
    #expect(result.texts(.code).joined().contains("TVS([1,2,3,4],[-1,5,2,9])"))
  }

  @Test("are no paragraphs in a frame beside numbers that count")
  func framedText() throws {
    var document = DocumentBuilder()
    document.prose(lines: 4, baseline: 80)
    document.frame(BoundingBox(left: 50, top: 188, right: 560, bottom: 300))
    document.prose(lines: 8, baseline: 204)
    for step in 0..<5 { document.block(["\(5 * step + 5)"], left: 30, baseline: 216 + 18 * Double(step), size: 8) }
    document.prose(lines: 8, baseline: 400)
    #expect(!(try document.run().kinds().contains(.figure)))
  }

  @Test("are no pleading whose lines are numbered along a rule")
  func pleading() throws {
    var document = DocumentBuilder()
    document.rule(.vertical, at: 100, from: 60, to: 760)
    document.rule(.vertical, at: 104, from: 60, to: 760)
    for row in 0..<24 { document.block(["\(row + 1)"], left: 85, baseline: 90 + 26 * Double(row)) }
    document.block(["IN THE COURT OF THE STATE"], left: 200, baseline: 220)
    document.block(["ANN AUTHOR, Plaintiff,"], left: 120, baseline: 272)
    document.block(["vs."], left: 150, baseline: 298)
    document.block(["COMPLAINT (Negligence)"], left: 320, baseline: 298)
    #expect(try document.run().texts(.figure).isEmpty)
  }

  @Test("and diagrams above a caption may have labels that stand in rows, and end at the code above them")
  func diagram() throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.block(["> plot(fit)"], baseline: 210, face: .mono)
    for row in 0..<3 {
      for left in [120.0, 300] {
        let box = BoundingBox(left: left, top: 230 + 50 * Double(row), right: left + 90, bottom: 262 + 50 * Double(row))
        document.frame(box)
        document.centred("State \(row)", on: box.midX, baseline: box.midY + 3)
      }
    }
    document.block(["Figure 2: Models of the data."], baseline: 400)
    document.prose(lines: 8, baseline: 430)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .code, .figure, .caption, .paragraph])
  }

  @Test(
    "have numbers that grow evenly, or as their logarithms do",
    arguments: [([0.2, 0.4, 0.6, 0.8], true), ([1, 10, 100, 1000], true), ([3, 70, 80, 520], false)])
  func axes(values: [Double], isPlot: Bool) throws {
    var document = DocumentBuilder()
    document.prose(lines: 8, baseline: 80)
    document.frame(Self.plot)
    for (step, value) in values.enumerated() {
      let text = value < 1 ? "\(value)" : "\(Int(value))"
      document.block(
        [text], left: 132 - 4 * Double(text.count), baseline: 402 - 40 * Double(step), size: 8, face: .sans)
    }
    document.prose(lines: 8, baseline: 480)
    #expect(try document.run().kinds().contains(.figure) == isPlot)
  }

  @Test("have numbers in every notation that programs write")
  func notation() {
    #expect(NumberAxis.value("−0.4") == -0.4)
    #expect(NumberAxis.value("1e+05") == 100_000)
    #expect(NumberAxis.value("1,500") == 1_500)
    #expect(NumberAxis.value("50%") == 50)
    for word in ["nan", "0x1f", "e", "Jan", "-"] { #expect(NumberAxis.value(word) == nil) }
  }

  @Test(
    "have labels in one typeface whatever its cut",
    arguments: [("Helvetica", "Helvetica-Bold"), ("ArialMT", "Arial-BoldMT")])
  func families(plain: String, bold: String) {
    #expect(NumberAxis.family(plain) == NumberAxis.family(bold))
  }
}
