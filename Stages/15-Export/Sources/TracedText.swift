import Contracts
import DocumentModel

/// Text on its way into an export that knows for each stretch where it came from.
///
/// Everything done to text in this stage keeps what it knows, so the map that goes with an export is exact.
struct TracedText: Sendable, Hashable {
  struct Mark: Sendable, Hashable {
    /// Offsets in UTF-8.
    var start: Int
    var end: Int
    let origin: TextOrigin
  }

  private(set) var string: String
  /// Ascending and apart.
  private(set) var marks: [Mark]

  init(_ string: String = "") {
    self.string = string
    marks = []
  }

  /// All of a text from one place.
  init(_ string: String, _ origin: TextOrigin?) {
    self.init(string)
    if let origin, !string.isEmpty { marks = [Mark(start: 0, end: string.utf8.count, origin: origin)] }
  }

  /// A run's text, word by word; the spaces between words came from nowhere.
  init(_ run: TextRun, of element: ElementID) {
    self.init(run.text)
    let correction = TextOrigin.made(.correction, element: element)
    var open: (start: Int, origin: TextOrigin)? = (0, correction)
    var next = 0
    var scalars = 0
    var offset = 0
    var end = 0
    func close() {
      if let open, end > open.start { marks.append(Mark(start: open.start, end: end, origin: open.origin)) }
    }
    for scalar in run.text.unicodeScalars {
      while next < min(run.words.count, run.starts.count), run.starts[next] <= scalars {
        close()
        open = (offset, .words([run.words[next]], page: element.page, element: element.index))
        next += 1
      }
      offset += UTF8.width(scalar)
      scalars += 1
      if !scalar.isSpace {
        end = offset
      } else if open?.start == offset - UTF8.width(scalar) {
        // A stretch begins with a letter.
        open?.start = offset
      }
    }
    close()
  }

  var isEmpty: Bool { string.isEmpty }
  var unicodeScalars: String.UnicodeScalarView { string.unicodeScalars }
  var utf8Count: Int { string.utf8.count }
  func hasSuffix(_ suffix: String) -> Bool { string.hasSuffix(suffix) }

  static func += (text: inout TracedText, more: TracedText) {
    let shift = text.string.utf8.count
    text.string += more.string
    for mark in more.marks {
      text.marks.append(Mark(start: mark.start + shift, end: mark.end + shift, origin: mark.origin))
    }
  }

  static func += (text: inout TracedText, more: String) { text.string += more }

  static func + (a: TracedText, b: TracedText) -> TracedText {
    var sum = a
    sum += b
    return sum
  }

  /// Every scalar replaced by what the closure appends for it.
  ///
  /// - Parameter append: takes a scalar and its place among the scalars, and appends to the text.
  func rewritten(_ append: (Unicode.Scalar, Int, inout String) -> Void) -> TracedText {
    var result = TracedText()
    var places = [Int](repeating: 0, count: 2 * marks.count)
    var next = 0
    var offset = 0
    func bound(_ index: Int) -> Int { index % 2 == 0 ? marks[index / 2].start : marks[index / 2].end }
    func pass() {
      while next < places.count, bound(next) <= offset {
        places[next] = result.string.utf8.count
        next += 1
      }
    }
    for (index, scalar) in string.unicodeScalars.enumerated() {
      pass()
      append(scalar, index, &result.string)
      offset += UTF8.width(scalar)
    }
    pass()
    for (index, mark) in marks.enumerated() where places[2 * index] < places[2 * index + 1] {
      result.marks.append(Mark(start: places[2 * index], end: places[2 * index + 1], origin: mark.origin))
    }
    return result
  }

  /// The stretch between two offsets in UTF-8, which stand between scalars.
  func slice(_ range: Range<Int>) -> TracedText {
    let bytes = string.utf8
    let range = range.clamped(to: 0..<bytes.count)
    let from = bytes.index(bytes.startIndex, offsetBy: range.lowerBound)
    let to = bytes.index(from, offsetBy: range.count)
    var part = TracedText(String(string[from..<to]))
    let first = marks.partitioningIndex { $0.end > range.lowerBound }
    for mark in marks[first...].prefix(while: { $0.start < range.upperBound }) {
      part.marks.append(
        Mark(
          start: max(mark.start, range.lowerBound) - range.lowerBound,
          end: min(mark.end, range.upperBound) - range.lowerBound, origin: mark.origin))
    }
    return part
  }

  /// The stretch between two offsets in Unicode scalars, as far as there is any.
  func scalars(_ start: Int, _ end: Int) -> TracedText {
    guard start >= 0, end > start else { return TracedText() }
    let view = string.unicodeScalars
    let from = view.index(view.startIndex, offsetBy: start, limitedBy: view.endIndex) ?? view.endIndex
    let to = view.index(from, offsetBy: end - start, limitedBy: view.endIndex) ?? view.endIndex
    let lower = string.utf8.distance(from: view.startIndex, to: from)
    return slice(lower..<(lower + string.utf8.distance(from: from, to: to)))
  }

  /// Every line that is not empty with so many spaces before it.
  func indented(by columns: Int) -> TracedText {
    guard columns > 0, !isEmpty else { return self }
    let indent = String(repeating: " ", count: columns)
    let scalars = Array(unicodeScalars)
    return TracedText(scalars[0] == "\n" ? "" : indent)
      + rewritten { scalar, place, text in
        text.unicodeScalars.append(scalar)
        if scalar == "\n", place + 1 < scalars.count, scalars[place + 1] != "\n" { text += indent }
      }
  }

  /// Every line as a block quote has it in Markdown.
  var quoted: TracedText {
    TracedText("> ")
      + rewritten { scalar, _, text in
        text.unicodeScalars.append(scalar)
        if scalar == "\n" { text += "> " }
      }
  }

  /// With something put in that came from nowhere.
  func inserting(_ sign: String, at offset: Int) -> TracedText {
    var result = slice(0..<offset)
    result += sign
    result += slice(offset..<utf8Count)
    return result
  }
}

extension [TracedText] {
  func joined(separator: String = "") -> TracedText {
    var result = TracedText()
    for (index, text) in enumerated() {
      if index > 0 { result += separator }
      result += text
    }
    return result
  }
}
