import DocumentModel

/// Text whose line breaks and columns matter: one run with line breaks and the indentation as spaces.
struct CodeText {
  let run: TextRun
  /// Unicode scalar offsets of the line feeds in the text.
  let lineBreaks: [Int]

  /// - Parameters:
  ///   - lines: in reading order.
  ///   - texts: the normalised text of every word of the page.
  ///   - fonts: the page's.
  init(_ lines: [TextLine], words: [Word], texts: [String], fonts: [Font], size: PageSize) {
    let frame = UprightFrame(page: size, turn: lines.first?.turn ?? .none)
    let boxes = lines.map { $0.words.map { frame.upright(words[$0].box) } }
    let left = boxes.joined().lazy.map(\.left).min() ?? 0
    let advance = Self.advance(lines, boxes, texts)
    let pitch = Self.pitch(lines)
    var text = ""
    var length = 0
    var indices: [Int] = []
    var starts: [Int] = []
    var breaks: [Int] = []
    func spaces(_ gap: Double, least: Int) -> Int {
      guard advance > 0 else { return least }
      return max(least, Int(min((gap / advance).rounded(), Self.widest)))
    }
    for (number, line) in lines.enumerated() {
      if number > 0 {
        let step = line.baseline - lines[number - 1].baseline
        let blank = pitch > 0 ? Int(min(max((step / pitch).rounded() - 1, 0), Self.mostBlank)) : 0
        for _ in 0...blank {
          breaks.append(length)
          text += "\n"
          length += 1
        }
      }
      for (place, word) in line.words.enumerated() {
        let box = boxes[number][place]
        let count: Int
        if place == 0 {
          count = spaces(box.left - left, least: 0)
        } else {
          count =
            words[line.words[place - 1]].joinsNext ? 0 : spaces(box.left - boxes[number][place - 1].right, least: 1)
        }
        text += String(repeating: " ", count: count)
        length += count
        indices.append(word)
        starts.append(length)
        // A soft hyphen in code is the hyphen that is seen.
        let letters =
          texts[word].unicodeScalars.last == "\u{AD}"
          ? String(texts[word].unicodeScalars.dropLast()) + "-" : texts[word]
        text += Self.isTypewriter(words[word], fonts) ? Self.straightened(letters) : letters
        length += letters.unicodeScalars.count
      }
    }
    run = TextRun(text: text, words: indices, starts: starts)
    lineBreaks = breaks
  }

  /// TeX's typewriter faces have the curved marks where ASCII has the straight one and the grave accent, which is what a
  /// listing's source says.
  private static func straightened(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "\u{2019}" || $0 == "\u{2018}" }) else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0 == "\u{2019}" ? "'" : $0 == "\u{2018}" ? "`" : $0 }))
  }

  private static func isTypewriter(_ word: Word, _ fonts: [Font]) -> Bool {
    guard let font = word.font, fonts.indices.contains(font) else { return false }
    let name = fonts[font].name.uppercased()
    return typewriters.contains { name.contains($0) }
  }

  /// Computer Modern's, its European and Latin Modern's.
  private static let typewriters = ["CMTT", "CMSLTT", "CMITT", "CMTCSC", "SFTT", "ECTT", "LMMONO"]

  /// The usual width of a letter in points.
  private static func advance(_ lines: [TextLine], _ boxes: [[BoundingBox]], _ texts: [String]) -> Double {
    var widths: [Double] = []
    for (line, boxes) in zip(lines, boxes) {
      for (word, box) in zip(line.words, boxes) {
        let count = texts[word].unicodeScalars.count
        if count > 0, box.width > 0 { widths.append(box.width / Double(count)) }
      }
    }
    widths.sort()
    return widths.isEmpty ? 0 : widths[widths.count / 2]
  }

  /// The usual distance of baselines in points.
  private static func pitch(_ lines: [TextLine]) -> Double {
    let steps = zip(lines, lines.dropFirst()).map { $1.baseline - $0.baseline }.filter { $0 > 0 }.sorted()
    return steps.isEmpty ? 0 : steps[(steps.count - 1) / 2]
  }

  private static let widest = 200.0  // spaces: wider than any page of type
  private static let mostBlank = 3.0  // blank lines in a row
}
