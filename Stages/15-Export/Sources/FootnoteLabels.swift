import DocumentModel

/// Names for footnotes that are unique in the document: the printed mark where it is free, else with a number behind.
final class FootnoteLabels {
  private var labels: [ElementID: String] = [:]
  private var uses: [String: Int] = [:]
  private var taken: Set<String> = []

  /// The label of a note that the text refers to.
  func refer(to note: ElementID, mark: String) -> String {
    if let label = labels[note] { return label }
    let letters = mark.unicodeScalars.filter {
      $0.isASCII && ($0.isLetter || $0.isNumeral)
    }
    let base = letters.isEmpty ? "note" : String(String.UnicodeScalarView(letters))
    var label = base
    while taken.contains(label) || (label == base && base == "note") {
      uses[base, default: letters.isEmpty ? 0 : 1] += 1
      label = "\(base)-\(uses[base] ?? 1)"
    }
    taken.insert(label)
    labels[note] = label
    return label
  }

  /// The label of a note, if the text has referred to it so far.
  func label(of note: ElementID) -> String? { labels[note] }
}
