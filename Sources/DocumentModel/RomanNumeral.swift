/// Roman numerals as they number pages, headings and lists.
package enum RomanNumeral {
  /// The value of a well-formed numeral up to 399 in letters of one case; nil for anything else.
  package static func value(_ text: String) -> Int? {
    let digits = text.lowercased().utf8.map { values[$0] }
    guard !digits.isEmpty, digits.count <= longest else { return nil }
    var total = 0
    for (index, digit) in digits.enumerated() {
      guard let digit else { return nil }
      if index + 1 < digits.count, let next = digits[index + 1], next > digit { total -= digit } else { total += digit }
    }
    // Writing the value again refuses "iiii", "vx" and "ic".
    return total > 0 && total < 400 && written(total) == text.lowercased() ? total : nil
  }

  package static func written(_ value: Int) -> String {
    var rest = value
    var text = ""
    for (worth, letters) in steps { while rest >= worth { (rest, text) = (rest - worth, text + letters) } }
    return text
  }

  private static let longest = 11  // letters: ccclxxxviii
  private static let values: [UInt8: Int] = [
    UInt8(ascii: "i"): 1, UInt8(ascii: "v"): 5, UInt8(ascii: "x"): 10, UInt8(ascii: "l"): 50, UInt8(ascii: "c"): 100,
  ]
  private static let steps = [
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
  ]
}
