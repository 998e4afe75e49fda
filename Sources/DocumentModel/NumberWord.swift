/// English words for numbers, as chapters are counted by.
package enum NumberWord {
  /// What `ONE`, `twelve`, `twenty-one` and `TWENTYONE` count, up to 99; nil for anything else.
  package static func value(_ text: String) -> Int? {
    guard text.utf8.count <= longest else { return nil }
    let word = text.lowercased()
    if let value = small[word] ?? tens[word] { return value }
    for (name, value) in tens where word.hasPrefix(name) {
      let rest = word.dropFirst(name.count)
      if let unit = small[String(rest.first == "-" ? rest.dropFirst() : rest)], unit < 10 { return value + unit }
    }
    return nil
  }

  private static let longest = 13  // letters: seventy-three
  private static let small = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
  ]
  private static let tens = [
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
  ]
}
