/// Tells a power in a formula from a mark that leads to a note: both are small figures raised behind something.
package enum ExponentPlace {
  /// How much of the text before a mark is looked at, in Unicode scalars.
  package static let reach = 60

  /// As much of the end of several texts in succession as is looked at.
  package static func end(of texts: some BidirectionalCollection<String>) -> String {
    var end = ""
    for text in texts.reversed() {
      end = String(String.UnicodeScalarView(text.unicodeScalars.suffix(reach))) + end
      if end.unicodeScalars.count >= reach { break }
    }
    return end
  }

  /// - Parameters:
  ///   - mark: as printed.
  ///   - before: the end of the text before it.
  ///   - style: of the last letters before it.
  ///   - after: the first sign behind it.
  package static func holds(_ mark: String, before: String, style: TextStyle, after: Unicode.Scalar?) -> Bool {
    let scalars = Array(before.unicodeScalars.suffix(reach))
    guard let last = scalars.last else { return false }
    // "([a])", "(2a)": a bracket around a mark alone is part of what it says.
    if after == ")", standsInBracket(scalars) { return true }
    if style.contains(.subscript) { return true }
    let word = scalars.suffix(while: \.isLetter)
    if !word.isEmpty {
      if style.contains(.italic), word.count <= longestVariable { return true }
      guard isNumber(mark) else { return false }
      return units.contains(text(word)) || word.count == 1 && last.isSmall
    }
    guard isNumber(mark) else { return false }
    if last.isNumeral {
      // A year may well bear a note and so may a name with a number, "10" and "2.5" are raised to a power.
      let digits = scalars.suffix(while: \.isNumeral).count
      return digits != yearDigits && !(scalars.dropLast(digits).last?.isLetter ?? false)
    }
    return last == ")" && isTerm(scalars.dropLast())
  }

  private static func standsInBracket(_ scalars: [Unicode.Scalar]) -> Bool {
    let digits = scalars.suffix(while: \.isNumeral).count
    return digits <= 2 && scalars.dropLast(digits).last == "("
  }

  /// Whether what a bracket holds is no text: variables, numbers and operators.
  private static func isTerm(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let open = scalars.lastIndex(of: "("), !scalars[open...].contains("=") else { return false }
    var longest = 0
    var run = 0
    for scalar in scalars[(open + 1)...] {
      run = scalar.isLetter ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest <= longestVariable
  }

  private static func isNumber(_ mark: String) -> Bool { mark.unicodeScalars.allSatisfy { $0.isNumeral } }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private static let longestVariable = 2  // letters
  private static let yearDigits = 4
  private static let units: Set<String> = ["km", "cm", "mm", "dm", "nm", "µm", "μm", "ms"]
}

extension Array {
  fileprivate func suffix(while belongs: (Element) -> Bool) -> ArraySlice<Element> {
    self[(lastIndex { !belongs($0) }.map { $0 + 1 } ?? startIndex)...]
  }
}
