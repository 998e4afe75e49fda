import Contracts
import DocumentModel
import StageKit

extension MadeDocument {
  /// A document that has one of everything.
  static func everything() -> MadeDocument {
    var document = MadeDocument()
    document.setTitle("A Report on *Everything*")
    document.add(.title, "With a second line")
    document.heading(1, "1 Introduction")
    let note = ElementID(page: 1, index: 5)
    document.add(
      .paragraph,
      [
        run("Plain, "), run("bold", .bold), run(", "), run("slanted", .italic), run(" and "),
        run("both", [.bold, .italic]), run("; a note"), run("1", .superscript), run(", H"), run("2", .subscript),
        run("O, "), run("code()", .code), run(" and "), run("a link", link: "https://example.org/a_(b)?x=1&y=2"),
        run(", to "), run("page 3", link: "#page=3"), run("."),
      ], footnotes: [note])
    document.add(
      .paragraph, "Characters: a < b & c > d, [brackets], snake_case, 2 * 3, *stars*, `ticks` and \\ slashes.")
    document.add(.footnote, [run("What the note says.")], mark: "1")
    document.heading(2, "1.1 Lists")
    document.item("•", "first")
    document.item("•", "second")
    document.item("–", "inner", level: 2)
    document.item("•", "third")
    document.item("1.", "one", ordered: true)
    document.item("2.", "two", ordered: true)
    document.item("(a)", "inner letter", level: 2, ordered: true)
    document.item("4.", "four", ordered: true)
    document.add(.paragraph, "1. A paragraph that only looks like an item.")
    document.newPage()
    document.heading(1, "2 Tables & Figures")
    let caption = document.place(.caption, [run("Table 1: Plain.")])
    document.add(
      .table, [], table: MadeTable.plain([["Name", "Amount"], ["A | B", "1,50"], ["", "2"]]), captions: [caption])
    document.add(.table, [], table: MadeTable.spanned)
    let figure = document.add(
      .figure, [],
      figure: ElementFigure(
        index: 0, kind: .image, file: "0002-figure-01.png", mediaType: "image/png", inside: "Axis\nLabel"))
    document.order[figure] = ReadingEntry(
      elements: document.order[figure].elements, captions: [document.place(.caption, [run("Figure 1: A picture.")])])
    document.keep([0x89, 0x50, 0x4E, 0x47], as: "0002-figure-01.png")
    document.add(.formula, "E = mc²")
    document.add(.code, [run("let x = [1]\n  if x < 2 { ``` }")])
    document.add(.keyValue, "Total: 12,00 EUR")
    document.gap(.crashed)
    document.newPage()
    document.heading(2, "Last words")
    document.add(.paragraph, [run("שלום עולם")], direction: .rightToLeft)
    document.add(.footnote, [run("Nothing refers to this.")], mark: "*")
    document.enrichment = EnrichmentOutput(
      languages: [LanguageShare(language: "en", share: Score(0.9))],
      keywords: [Keyword(text: "everything", score: Score(0.5))],
      summary: [SummarySentence(entry: 3, start: 0, end: 5, score: Score(0.75))])
    return document
  }
}
