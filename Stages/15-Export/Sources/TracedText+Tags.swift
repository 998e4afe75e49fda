import CanonicalJSON
import Contracts
import DocumentModel

/// Text that passes through JSON with its origins in it, between private characters that no text has: `OriginTags`
/// takes them out where the bytes are written.
extension TracedText {
  var tagged: String {
    guard !marks.isEmpty else { return clean(string) }
    var result = ""
    var offset = 0
    for mark in marks {
      result += clean(slice(offset..<mark.start).string) + "\u{F5D0}" + Self.name(mark.origin) + "\u{F5D1}"
      result += clean(slice(mark.start..<mark.end).string) + "\u{F5D2}"
      offset = mark.end
    }
    return result + clean(slice(offset..<utf8Count).string)
  }

  /// Assembly lets no private character through; an edit or the file's metadata may bring one.
  private func clean(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: OriginTags.scalars.contains) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { OriginTags.scalars.contains($0) ? "\u{FFFD}" : $0 }))
  }

  /// `7.3:12,13` for words, `gap` or `figure-name@p7.3` for what was made.
  private static func name(_ origin: TextOrigin) -> String {
    switch origin {
    case .words(let words, let page, let element):
      "\(page)." + (element.map(String.init) ?? "") + ":" + words.map(String.init).joined(separator: ",")
    case .made(let making, let element): making.rawValue + (element.map { "@\($0)" } ?? "")
    }
  }
}

extension JSONValue {
  /// A string that keeps its origins until it is written by `TextFile`.
  static func traced(_ text: TracedText) -> JSONValue { .string(text.tagged) }

  static func traced(_ text: String, _ origin: TextOrigin) -> JSONValue { .traced(TracedText(text, origin)) }
}
