import Contracts
import DocumentModel

/// Puts the state of a form's buttons among the words: what a reader of the page sees as a box that is ticked or not is
/// drawn as shapes, or is a letter of a font of signs.
enum FormMarks {
  private static let on = "☑"
  private static let off = "☐"
  private static let sizes = 3.0...40.0  // points a side: larger buttons are areas to press
  private static let longest = 3  // letters of a tick in a font of signs, or as recognised
  private static let reach = 40.0  // heights of a button, to its words

  static func completing(_ output: OCROutput, with fields: [FormField]) -> OCROutput {
    let shown = fields.filter { $0.isHidden == nil && isTold($0) }
    let marks = shown.filter { isMark($0) }
    guard !shown.isEmpty else { return output }
    return OCROutput(
      source: output.source, turn: output.turn, skew: output.skew, languages: output.languages, passes: output.passes,
      fonts: output.fonts, words: words(output.words, marks, turn: output.turn), formFields: shown)
  }

  /// Buttons of either state, and fields that something is filled in.
  private static func isTold(_ field: FormField) -> Bool {
    switch field.kind {
    case .checkbox, .radio: true
    case .text, .choice: !field.value.isEmpty
    case .button, .signature: false
    }
  }

  private static func isMark(_ field: FormField) -> Bool {
    (field.kind == .checkbox || field.kind == .radio) && sizes.contains(field.box.width)
      && sizes.contains(field.box.height)
  }

  private static func words(_ words: [Word], _ marks: [FormField], turn: QuarterTurn) -> [Word] {
    let rows = words.indices.sorted { (words[$0].box.midY, $0) < (words[$1].box.midY, $1) }
    var before: [Int: [Word]] = [:]  // by the word that they stand before; those without one at the end
    var isMark = [Bool](repeating: false, count: words.count)
    for field in marks.sorted(by: { ($0.box.left, $0.box.top) < ($1.box.left, $1.box.top) }) {
      let box = field.box
      var nearest: Int?
      for index in rows[rows.partitioningIndex { words[$0].box.midY >= box.top }...] {
        let word = words[index]
        if word.box.midY > box.bottom { break }
        if box.contains(x: word.box.midX, y: word.box.midY), word.text.unicodeScalars.count <= longest {
          isMark[index] = true
        } else if word.turn == .none, word.box.left >= box.midX, word.box.left - box.right < reach * box.height,
          nearest.map({ word.box.left < words[$0].box.left }) ?? true
        {
          nearest = index
        }
      }
      let mark = Word(
        text: field.value == "on" ? on : off, box: box, source: .form,
        size: nearest.map { words[$0].size } ?? box.height,
        turn: nearest.map { words[$0].turn } ?? turn)
      before[nearest ?? words.count, default: []].append(mark)
    }
    var completed: [Word] = []
    completed.reserveCapacity(words.count + marks.count)
    for index in words.indices {
      completed += before[index] ?? []
      if !isMark[index] { completed.append(words[index]) }
    }
    return completed + (before[words.count] ?? [])
  }
}
