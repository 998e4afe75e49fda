import Contracts
import DocumentModel

/// Finds the marks in a text that lead to its footnotes, and makes runs of their own of them.
struct NoteReferences {
  private var notes: [String: ElementID] = [:]
  /// Marks of notes that the text leads to only from behind numbers, where powers stand otherwise.
  private var behindNumbers: Set<String> = []

  /// For texts whose notes are told nowhere.
  init() {}

  /// - Parameter entry: with the footnotes that reading order says its text refers to.
  init(_ entry: ReadingEntry, reader: ElementReader) throws {
    for id in entry.footnotes {
      guard let mark = try reader.element(id).footnoteMark else { continue }
      // Of two notes with one mark the first is meant: nothing in the text tells them apart.
      if notes[mark] == nil { notes[mark] = id }
    }
    guard !notes.isEmpty else { return }
    var unseen = Set(notes.keys)
    for id in entry.elements + entry.captions {
      let element = try reader.element(id)
      for runs in [element.runs] + (element.table?.cells.map(\.runs) ?? []) {
        for run in mark(runs.map { InlineRun($0, of: id) }) where run.note != nil {
          unseen.remove(Self.normal(run.text.string))
        }
      }
    }
    behindNumbers = unseen
  }

  func mark(_ runs: [InlineRun]) -> [InlineRun] {
    guard !notes.isEmpty else { return runs }
    return runs.indices.flatMap { place in
      let run = runs[place]
      guard run.style.contains(.superscript) else { return split(run) }
      let after = place + 1 < runs.count ? runs[place + 1].text.unicodeScalars.first : nil
      let style = place > 0 ? runs[place - 1].style : []
      let before = ExponentPlace.end(of: runs[..<place].lazy.map(\.text.string))
      let isBehindNumber = before.unicodeScalars.last?.isNumeral ?? false
      return split(run) { mark in
        ExponentPlace.holds(mark, before: before, style: style, after: after)
          && !(isBehindNumber && behindNumbers.contains(mark))
      }
    }
  }

  private func split(_ run: InlineRun, isExponent: (String) -> Bool = { _ in false }) -> [InlineRun] {
    var parts: [InlineRun] = []
    var offset = 0
    let whole = run.text.string
    for token in run.style.contains(.superscript) ? Self.scripts(whole) : Self.marks(whole) {
      // The tokens are the text in its order.
      let text = run.text.slice(offset..<(offset + token.utf8.count))
      offset += token.utf8.count
      let mark = Self.normal(token)
      if let note = notes[mark], !isExponent(mark) {
        parts.append(InlineRun(text, style: .superscript, note: note))
      } else if let last = parts.last, last.note == nil {
        parts[parts.count - 1].text += text
      } else {
        parts.append(InlineRun(text, style: run.style, link: run.link))
      }
    }
    return parts
  }

  private static func normal(_ token: String) -> String { String(token.map { raised[$0] ?? $0 }) }

  /// A superscript in its parts and what stands between them: `1`, `,`, `2`.
  private static func scripts(_ text: String) -> [String] {
    var tokens: [String] = []
    var last: Character?
    for character in text {
      let goesOn = last.map { NoteSign.areOneMark($0, character) } ?? false
      if !goesOn { tokens.append("") }
      tokens[tokens.count - 1].append(character)
      last = character
    }
    return tokens
  }

  /// Running text in its raised digits, symbols, `[3]`, and what stands between them.
  private static func marks(_ text: String) -> [String] {
    var tokens: [String] = []
    var kind = Kind.text
    var opened: Int?
    for character in text {
      let next: Kind = raised[character] != nil ? .raised : symbols.contains(character) ? .symbol : .text
      if next != kind || tokens.isEmpty || character == "[" {
        tokens.append("")
        opened = nil
      }
      if character == "[" { opened = tokens.count - 1 }
      tokens[tokens.count - 1].append(character)
      kind = next
      if character == "]", opened == tokens.count - 1, tokens[tokens.count - 1].utf8.count <= longestBracket {
        tokens.append("")
        opened = nil
      }
    }
    return tokens.filter { !$0.isEmpty }
  }

  private enum Kind { case text, raised, symbol }

  private static let longestBracket = 5  // bytes: "[123]"
  private static let symbols: Set<Character> = ["*", "†", "‡", "§", "¶", "‖"]
  private static let raised: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
  ]
}
