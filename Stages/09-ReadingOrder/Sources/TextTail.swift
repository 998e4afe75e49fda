import Contracts
import DocumentModel

/// The end of a text entry that may go on elsewhere: all that is kept of it.
struct TextTail {
  /// Index of the entry.
  let entry: Int
  let page: Int
  let column: Int?
  let top: Double
  let kind: RegionKind
  let typography: Typography
  let isQuote: Bool
  /// Whether its lines end because they were ended.
  let hasLineEnds: Bool
  /// The last word, without what closes it.
  let lastWord: String
  /// Whether the text ends like a sentence.
  let isFinished: Bool

  init(_ element: Element, entry: Int, page: Int) {
    self.entry = entry
    self.page = page
    column = element.column
    top = element.box.top
    kind = element.kind
    typography = element.typography
    hasLineEnds = !element.lineBreaks.isEmpty
    isQuote = element.isQuote ?? false
    // A mark of reference says nothing of how a sentence ends.
    let plain = element.runs.last(where: { !$0.style.contains(.superscript) })?.text ?? ""
    lastWord = plain.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
    var scalars = Substring(lastWord).unicodeScalars
    while let last = scalars.last, Self.closers.contains(last) { scalars.removeLast() }
    isFinished = scalars.last.map { Self.terminators.contains($0) } ?? true
  }

  private static let closers: Set<Unicode.Scalar> = ["\"", "'", "”", "’", "»", "«", ")", "]", "」", "』", "）", "*", "†"]
  private static let terminators: Set<Unicode.Scalar> = [
    ".", "!", "?", ":", ";", "…", "。", "！", "？", "：", "؟", "۔", "।", "።", "։",
  ]
}
