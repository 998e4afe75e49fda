/// Roman numerals up to 399, in either case.
enum RomanNumeral {
  private static let values: [Character: Int] = ["i": 1, "v": 5, "x": 10, "l": 50, "c": 100]
  private static let longest = 9  // letters: lxxxviii and a little more

  /// The value of a well-formed numeral; nil for any other word.
  static func value(_ word: String) -> Int? {
    let word = word.lowercased()
    guard !word.isEmpty, word.count <= longest else { return nil }
    var total = 0
    var previous = 0
    for letter in word.reversed() {
      guard let value = values[letter] else { return nil }
      total += value < previous ? -value : value
      previous = max(previous, value)
    }
    return total > 0 && total < 400 && text(total) == word ? total : nil
  }

  private static func text(_ value: Int) -> String {
    var rest = value
    var text = ""
    let steps = [
      (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]
    for (step, letters) in steps {
      while rest >= step {
        text += letters
        rest -= step
      }
    }
    return text
  }
}
