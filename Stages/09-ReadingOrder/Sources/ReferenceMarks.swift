import DocumentModel

/// The marks in running text that lead to footnotes.
enum ReferenceMarks {
  /// The marks of a run, in order: the parts of a superscript, raised digits, symbols at the end of words, `[3]`.
  static func of(_ run: TextRun) -> [String] {
    if run.style.contains(.superscript) {
      return run.text.split(whereSeparator: { $0 == "," || $0.isWhitespace || $0 == ";" || $0 == "(" || $0 == ")" }).map
      {
        part in
        String(part.map { raised[$0] ?? $0 })
      }
    }
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
