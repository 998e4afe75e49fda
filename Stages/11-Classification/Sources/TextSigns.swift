/// Signs in a text that tell types apart, counted in one pass.
struct TextSigns {
  /// Numbers with two decimals, or behind a currency.
  private(set) var amounts = 0
  private(set) var citations = 0
  /// Words with a colon after them.
  private(set) var labels = 0
  private(set) var blanks = 0
  private(set) var machineLines = 0

  init(_ text: String) {
    var before: [UInt8] = []
    var machine: [UInt8] = []
    for word in text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
      let bytes = Array(word.prefix(Self.longest))
      if Self.isAmount(bytes) || Self.isPriced(bytes, after: before) || Self.isBehind(before, bytes) { amounts += 1 }
      before = bytes
      if Self.isCitation(bytes) { citations += 1 }
      if bytes.last == 0x3A { labels += 1 }
      if Self.isBlank(bytes) { blanks += 1 }
      machine = Self.machine(machine, bytes)
      if Self.isMachineLine(machine) {
        machineLines += 1
        machine = []
      }
    }
    for scalar in text.unicodeScalars where Self.boxes.contains(scalar) { blanks += 1 }
  }

  /// `1.234,50`, `$4.11`, `99.00-`.
  private static func isAmount(_ bytes: [UInt8]) -> Bool {
    guard let last = bytes.lastIndex(where: isDigit), last >= 3, isDigit(bytes[last - 1]),
      bytes[last - 2] == 0x2E || bytes[last - 2] == 0x2C, isDigit(bytes[last - 3])
    else { return false }
    // Two further groups of two digits are a date: 01.02.26.
    return !(last >= 5 && (bytes[last - 5] == 0x2E || bytes[last - 5] == 0x2C) && isDigit(bytes[last - 4]))
  }

  /// `€45`, `Rs 1939`: a whole number behind a currency's sign or letters.
  private static func isPriced(_ bytes: [UInt8], after before: [UInt8]) -> Bool {
    guard let first = bytes.firstIndex(where: isDigit), !isAmount(bytes) else { return false }
    let sign = first == 0 ? before : Array(bytes[..<first])
    return currencies.contains(String(decoding: sign, as: UTF8.self))
  }

  /// `153 035 Ft`, `500 Kč`: the currency's sign or letters behind a whole number.
  private static func isBehind(_ before: [UInt8], _ word: [UInt8]) -> Bool {
    guard let last = before.last, isDigit(last), !isAmount(before), before.allSatisfy({ isDigit($0) || $0 == 0x2E })
    else { return false }
    let sign = word.last.map { $0 == 0x2C || $0 == 0x3B } ?? false ? Array(word.dropLast()) : word
    return currencies.contains(String(decoding: sign, as: UTF8.self))
  }

  private static let currencies: Set<String> = [
    "€", "$", "£", "¥", "₹", "US$", "EUR", "USD", "GBP", "CHF", "INR", "JPY", "SEK", "NOK", "DKK", "RM", "Rs", "Rs.",
    "Fr.", "kr", "kr.", "Ft", "HUF", "Kč", "CZK", "zł", "PLN",
  ]

  /// `[12]`, `[3,`, `2003)`, `(2003)`.
  private static func isCitation(_ bytes: [UInt8]) -> Bool {
    if bytes.first == 0x5B, bytes.count >= 3, isDigit(bytes[1]) { return true }
    guard let end = bytes.lastIndex(of: 0x29), end >= 4 else { return false }
    return bytes[(end - 4)..<end].allSatisfy(isDigit) && (bytes[end - 4] == 0x31 || bytes[end - 4] == 0x32)
  }

  /// Underscores, or dots as they are written on.
  private static func isBlank(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && (bytes.filter { $0 == 0x5F }.count >= 4 || bytes.filter { $0 == 0x2E }.count >= 8)
  }

  /// Machine-readable letters, with those before them that a gap parts from them.
  private static func machine(_ before: [UInt8], _ word: [UInt8]) -> [UInt8] {
    guard word.allSatisfy({ isDigit($0) || $0 >= 0x41 && $0 <= 0x5A || $0 == filler }), word.contains(filler) else {
      return []
    }
    return before.count + word.count <= machineLine.upperBound ? before + word : word
  }

  /// Source: ICAO Doc 9303: lines of 30, 36 or 44 letters, filled up; names are parted by two fillers.
  private static func isMachineLine(_ bytes: [UInt8]) -> Bool {
    machineLine.contains(bytes.count) && bytes.count { $0 == filler } >= leastFillers
      && zip(bytes, bytes.dropFirst()).contains { $0 == filler && $1 == filler }
      && bytes.count { $0 >= 0x41 && $0 <= 0x5A } >= leastLetters
  }

  private static let filler = UInt8(ascii: "<")
  private static let machineLine = 28...46  // bytes: two may be lost or read twice
  private static let leastFillers = 4
  private static let leastLetters = 3  // the code of a state, or a name

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static let boxes: Set<Unicode.Scalar> = ["☐", "☑", "☒", "□", "❑", "❏", "▢"]
  private static let longest = 120  // bytes of a word that are looked at
}
