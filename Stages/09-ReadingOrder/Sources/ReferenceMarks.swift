import DocumentModel

/// The marks in running text that lead to footnotes.
enum ReferenceMarks {
  struct Mark: Hashable {
    let text: String
    /// Whether it stands behind a number, as a power does.
    let isPower: Bool
  }

  /// The marks of a text, in order.
  static func of(_ runs: [TextRun]) -> [Mark] {
    runs.indices.flatMap { place -> [Mark] in
      let run = runs[place]
      guard run.style.contains(.superscript) else { return of(run).map { Mark(text: $0, isPower: false) } }
      let after = place + 1 < runs.count ? runs[place + 1].text.unicodeScalars.first : nil
      let style = place > 0 ? runs[place - 1].style : []
      let before = ExponentPlace.end(of: runs[..<place].lazy.map(\.text))
      return parts(run).compactMap { part in
        guard ExponentPlace.holds(part, before: before, style: style, after: after) else {
          return Mark(text: part, isPower: false)
        }
        return before.unicodeScalars.last?.isNumeral ?? false ? Mark(text: part, isPower: true) : nil
      }
    }
  }

  /// A superscript's marks: `1,2` are two, and so are `∗†`, but not `∗∗`.
  private static func parts(_ run: TextRun) -> [String] {
    var parts: [String] = []
    var last: Character?
    for character in run.text {
      defer { last = character }
      if character.isWhitespace || ",;()".contains(character) { continue }
      let goesOn = last.map { NoteSign.areOneMark($0, character) } ?? false
      if !goesOn { parts.append("") }
      parts[parts.count - 1].append(raised[character] ?? character)
    }
    return parts
  }

  /// The marks of a run that is not raised: raised digits, symbols at the end of words, `[3]`.
  private static func of(_ run: TextRun) -> [String] {
    // Most runs have none of what a mark begins with; the signs beyond ASCII have one of two bytes at their start.
    guard run.text.utf8.contains(where: { $0 == 0x2A || $0 == 0x5B || $0 == 0xC2 || $0 == 0xE2 }) else { return [] }
    var marks: [String] = []
    var raisedDigits = ""
    var symbol = ""
    var bracket: String?
    func close() {
      if !raisedDigits.isEmpty { marks.append(raisedDigits) }
      if !symbol.isEmpty { marks.append(symbol) }
      (raisedDigits, symbol) = ("", "")
    }
    for character in run.text {
      if let digit = raised[character] {
        raisedDigits.append(digit)
        continue
      }
      if symbols.contains(character) {
        symbol.append(character)
        continue
      }
      close()
      if character == "[" {
        bracket = "["
      } else if var open = bracket {
        open.append(character)
        bracket = open
        if character == "]" {
          marks.append(open)
          bracket = nil
        } else if !character.isNumber || open.utf8.count > longestBracket {
          bracket = nil
        }
      }
    }
    close()
    return marks
  }

  private static let longestBracket = 5  // bytes: "[123]"
  private static let symbols: Set<Character> = ["*", "†", "‡", "§", "¶", "‖"]
  private static let raised: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
  ]
}
