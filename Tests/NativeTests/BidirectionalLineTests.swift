import DocumentModel
import Testing

@testable import Poppler

@Suite("Poppler: lines that read from right to left")
struct BidirectionalLineTests {
  /// The line as read, from words as they stand, from left to right, parted by `|`; a letter is 5 points wide, and so is
  /// the white that `␣` leaves.
  private func read(_ standing: String) -> String {
    var boxes: [BoundingBox] = []
    var left = 0.0
    let words = standing.split(separator: "|").map { word in
      word.unicodeScalars.compactMap { scalar -> EmbeddedText.Letter? in
        left += 5
        guard scalar != "␣" else { return nil }
        boxes.append(BoundingBox(left: left - 5, top: 0, right: left, bottom: 10))
        return EmbeddedText.Letter(scalar: scalar, rectangle: boxes.count - 1)
      }
    }
    return String(String.UnicodeScalarView(BidirectionalLine(words: words, boxes).letters.map(\.scalar)))
  }

  @Test(
    "are read as they were written",
    arguments: [
      // As they stand; as they are read.
      ("םלוע␣|םולש", "שלום עולם"), (".2024␣|תנש", "שנת 2024."), (".|2024␣|תנש", "שנת 2024."),
      ("!\"םולש\"", "\"שלום\"!"), ("1200־כ", "כ־1200"), ("12.5%␣|ריחמ", "מחיר 12.5%"),
      ("₪␣|1,250.50␣|ריחמ", "מחיר 1,250.50 ₪"), (".support@example.com␣|לא", "אל support@example.com."),
      (")Sheaf␣|Pipeline␣|הנוכמה(", "(המכונה Sheaf Pipeline)"), ("ןאכ␣|Sheaf␣|3␣|הסרג", "גרסה Sheaf 3 כאן"),
      ("350␣|2022", "2022 350"), (",05.10.2026␣|םוימ", "מיום 05.10.2026,"),
    ])
  func rightToLeft(standing: String, text: String) { #expect(read(standing) == text) }

  @Test("of another language are read from the left, with their commas and brackets where they stand")
  func leftToRight() {
    #expect(read("word␣|םלוע␣|םולש␣|inside,␣|and␣|(more)␣|text.") == "word שלום עולם inside, and (more) text.")
  }

  @Test("keep a word whole whose letters Poppler gives in two pieces, and part words that it forgot to part")
  func pieces() {
    #expect(read("םו|לש") == "שלום")
    #expect(read("םלוע␣|םולש␣|הז") == "זה שלום עולם")
  }
}

@Suite("Poppler: brackets in right-to-left text")
struct MirroredBracketsTests {
  /// The text of a page of one word with brackets around it, as they stand from the left.
  private func read(_ standing: String) -> String {
    let boxes = standing.unicodeScalars.indices.enumerated().map { index, _ in
      BoundingBox(left: 5 * Double(index), top: 0, right: 5 * Double(index) + 5, bottom: 10)
    }
    let text = "\u{202B}" + String(String.UnicodeScalarView(standing.unicodeScalars.reversed())) + "\u{202C}"
    return String(String.UnicodeScalarView(EmbeddedText(text, boxes: boxes).letters.map(\.scalar)))
  }

  @Test("are told as they are meant, whether the file tells what was written or what is drawn")
  func mirrored() {
    #expect(read(")םולש(") == "(שלום)")
    #expect(read("(םולש)") == "(שלום)")
    #expect(read("[םולש]") == "[שלום]")
  }

  @Test("inside words from left to right stay as they stand")
  func latin() { #expect(read("f(x) ןאכ") == "כאן f(x)") }
}

@Suite("Poppler: text in marks of embedding")
struct EmbeddedTextTests {
  private func boxes(_ count: Int) -> [BoundingBox] {
    (0..<count).map { BoundingBox(left: 5 * Double($0), top: 0, right: 5 * Double($0) + 5, bottom: 10) }
  }

  private func text(_ embedded: EmbeddedText) -> String {
    String(String.UnicodeScalarView(embedded.letters.map(\.scalar)))
  }

  @Test("without marks letters and places go together")
  func plain() {
    let embedded = EmbeddedText("ab c", boxes: boxes(4))
    #expect(text(embedded) == "ab c" && embedded.letters.map(\.rectangle) == [0, 1, 2, 3])
    #expect(embedded.isConsistent && !embedded.isRightToLeft)
  }

  @Test("a turned word on a page that reads from the left has its places turned, too")
  func wordBetween() {
    let embedded = EmbeddedText("a \u{202B}שלם\u{202C} b", boxes: boxes(7))
    #expect(text(embedded) == "a שלם b" && embedded.letters.map(\.rectangle) == [0, 1, 4, 3, 2, 5, 6])
    #expect(!embedded.isRightToLeft)
  }

  @Test("a page that reads from the right has all in marks, and its signs at their numbers' other side")
  func page() {
    let embedded = EmbeddedText("\u{202B}\u{202A}.24\u{202C}\u{202C}\n", boxes: boxes(4))
    #expect(text(embedded) == "24.\n" && embedded.letters.map(\.rectangle) == [1, 2, 0, 3])
    #expect(embedded.isRightToLeft)
  }

  @Test("what does not come out even is told, and nothing beyond the places is taken", arguments: [2, 9])
  func inconsistent(count: Int) {
    let embedded = EmbeddedText("\u{202B}שלם\u{202C} b", boxes: boxes(count))
    #expect(!embedded.isConsistent)
    #expect(embedded.letters.allSatisfy { ($0.rectangle ?? 0) < count })
  }

  @Test("marks that never end are read to the end", arguments: ["\u{202B}שלם", "\u{202B}\u{202A}12", "\u{202C}ab"])
  func unbalanced(content: String) {
    let count = content.unicodeScalars.count - content.unicodeScalars.count { (0x202A...0x202C).contains($0.value) }
    let embedded = EmbeddedText(content, boxes: boxes(count))
    #expect(Set(embedded.letters.compactMap(\.rectangle)) == Set(0..<count))
  }
}
