/// 10⁰ … 10⁹, the scales of up to nine decimals.
private let powersOfTen: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

/// From here on a scaled number no longer has a fraction that could be rounded: 2⁵².
private let exactScaledLimit = 4_503_599_627_370_496.0

extension CanonicalWriter {
  mutating func appendDigits(_ value: UInt64) {
    append(room: 20) { out in
      let length = value.decimalLength
      var rest = value
      var position = length
      repeat {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        position -= 1
        out[position] = .zero + UInt8(truncatingIfNeeded: digit)
        rest = quotient
      } while rest != 0
      return length
    }
  }

  /// Writes a finite number; `decimals` is 0…9.
  ///
  /// The rounding is that of `(value * 10ⁿ).rounded() / 10ⁿ`, which the model's own types use.
  mutating func appendNumber(_ value: Double, decimals: Int) {
    let scaled = value.magnitude * powersOfTen[decimals]
    guard scaled < exactScaledLimit else { return appendLarge(value, decimals: decimals) }
    var whole = UInt64(scaled)  // truncates; scaled is finite, not negative and below 2⁵²
    if scaled - Double(whole) >= 0.5 { whole += 1 }
    guard whole != 0 else { return append(.zero) }
    if value < 0 { append(.minus) }
    var places = decimals
    while places > 0 {
      let (quotient, digit) = whole.quotientAndRemainder(dividingBy: 10)
      guard digit == 0 else { break }
      whole = quotient
      places -= 1
    }
    appendFixed(whole, places: places)
  }

  /// Writes `digits` with the decimal point before the last `places` of them.
  private mutating func appendFixed(_ digits: UInt64, places: Int) {
    guard places > 0 else { return appendDigits(digits) }
    append(room: 24) { out in
      let length = max(digits.decimalLength, places + 1) + 1
      let point = length - places - 1
      var rest = digits
      var position = length - 1
      while position >= 0 {
        if position == point {
          out[position] = .point
        } else {
          let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
          out[position] = .zero + UInt8(truncatingIfNeeded: digit)
          rest = quotient
        }
        position -= 1
      }
      return length
    }
  }

  /// Writes a number too large to be scaled: the shortest digits that read back as it, without exponent.
  private mutating func appendLarge(_ value: Double, decimals: Int) {
    if value < 0 { append(.minus) }
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    var text = Substring(value.magnitude.description)
    if let mark = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: mark)...].drop { $0 == "+" }) ?? 0
      text = text[..<mark]
    }
    for byte in text.utf8 {
      if byte == .point { point = digits.count } else { digits.append(byte) }
    }
    var whole = (point ?? digits.count) + exponent
    if digits.count > whole + decimals, Self.round(&digits, to: whole + decimals) { whole += 1 }
    while digits.count > whole, digits.last == .zero { digits.removeLast() }
    for index in 0..<max(whole, digits.count) {
      if index == whole { append(.point) }
      append(index < digits.count ? digits[index] : .zero)
    }
  }

  /// Rounds decimal digits half away from zero.
  ///
  /// - Returns: whether a digit was added in front, as in 9.99 → 10.0.
  private static func round(_ digits: inout [UInt8], to length: Int) -> Bool {
    let up = digits[length] >= UInt8(ascii: "5")
    digits.removeLast(digits.count - length)
    guard up else { return false }
    for index in digits.indices.reversed() {
      if digits[index] < .nine {
        digits[index] += 1
        return false
      }
      digits[index] = .zero
    }
    digits.insert(UInt8(ascii: "1"), at: 0)
    return true
  }
}

extension UInt64 {
  /// How many decimal digits it has; 1 for zero.
  fileprivate var decimalLength: Int {
    var length = 1
    var limit: UInt64 = 10
    while self >= limit {
      length += 1
      let (next, overflow) = limit.multipliedReportingOverflow(by: 10)
      if overflow { break }
      limit = next
    }
    return length
  }
}
