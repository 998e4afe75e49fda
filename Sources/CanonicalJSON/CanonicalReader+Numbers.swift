/// 10⁰ … 10²², all exact as `Double`.
private let exactPowersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]

extension CanonicalReader {
  /// A number as it stands in the text: ±digits × 10^exponent.
  struct Number {
    let range: Range<Int>
    let isNegative: Bool
    /// All digits as one integer; nil where they pass 64 bits.
    let digits: UInt64?
    /// The power of ten that `digits` is to be multiplied by.
    let exponent: Int
  }

  /// Reads any number. −0 is read as 0.
  package mutating func readNumber() throws(CanonicalJSONError) -> Double {
    skipBlanks()
    let start = offset
    if let value = readShortNumber() { return value }
    offset = start
    return try value(of: scanNumber())
  }

  /// Reads a plain decimal of up to 15 digits, which is most of them; nil for any other, wherever it then stands.
  @inline(__always)
  private mutating func readShortNumber() -> Double? {
    let isNegative = offset < bytes.count && bytes[offset] == .minus
    if isNegative { offset += 1 }
    var digits: UInt64 = 0
    let whole = offset
    while offset < bytes.count, bytes[offset].isDigit {
      digits = digits &* 10 &+ UInt64(bytes[offset] &- .zero)
      offset += 1
    }
    let wholeLength = offset - whole
    guard wholeLength > 0, wholeLength == 1 || bytes[whole] != .zero else { return nil }
    var places = 0
    if offset < bytes.count, bytes[offset] == .point {
      let fraction = offset + 1
      offset = fraction
      while offset < bytes.count, bytes[offset].isDigit {
        digits = digits &* 10 &+ UInt64(bytes[offset] &- .zero)
        offset += 1
      }
      places = offset - fraction
      guard places > 0 else { return nil }
    }
    guard wholeLength + places <= 15, offset == bytes.count || bytes[offset] | 0x20 != UInt8(ascii: "e") else {
      return nil
    }
    // Fifteen digits and their scale are exact, so one division rounds correctly (Clinger 1990).
    let magnitude = Double(digits) / exactPowersOfTen[places]
    return isNegative && digits != 0 ? -magnitude : magnitude
  }

  /// Reads a whole number; `12.0` and `1e3` are whole, too.
  package mutating func readInteger() throws(CanonicalJSONError) -> Int64 { try readInteger(as: Int64.self) }

  /// Reads a whole number: the commonest type has its own, since across modules a generic function looks its types up
  /// at run time.
  package mutating func readInteger(as type: Int.Type) throws(CanonicalJSONError) -> Int {
    skipBlanks()
    let start = offset
    if let value = readShortInteger() { return value }
    offset = start
    let number = try scanNumber()
    guard let value = integer(of: number, as: Int64.self) else {
      throw CanonicalJSONError(.numberOutOfRange("Int"), at: number.range.lowerBound)
    }
    return Int(value)
  }

  /// Reads up to 18 digits; nil for any other number, wherever it then stands.
  @inline(__always)
  private mutating func readShortInteger() -> Int? {
    let isNegative = offset < bytes.count && bytes[offset] == .minus
    if isNegative { offset += 1 }
    let first = offset
    var value = 0
    while offset < bytes.count, bytes[offset].isDigit {
      value = value &* 10 &+ Int(bytes[offset] &- .zero)
      offset += 1
    }
    let length = offset - first
    guard length > 0, length <= 18, length == 1 || bytes[first] != .zero else { return nil }
    if offset < bytes.count, bytes[offset] == .point || bytes[offset] | 0x20 == UInt8(ascii: "e") { return nil }
    return isNegative ? -value : value
  }

  /// Reads a whole number that fits the type.
  package mutating func readInteger<I: FixedWidthInteger>(as type: I.Type) throws(CanonicalJSONError) -> I {
    skipBlanks()
    let number = try scanNumber()
    guard let value = integer(of: number, as: type) else {
      throw CanonicalJSONError(.numberOutOfRange("\(I.self)"), at: number.range.lowerBound)
    }
    return value
  }

  /// The number as an integer, if it is whole and fits.
  func integer<I: FixedWidthInteger>(of number: Number, as type: I.Type) -> I? {
    guard var digits = number.digits else { return nil }
    var exponent = number.exponent
    if digits == 0 { return 0 }
    while exponent < 0 {
      let (quotient, digit) = digits.quotientAndRemainder(dividingBy: 10)
      guard digit == 0 else { return nil }
      digits = quotient
      exponent += 1
    }
    while exponent > 0 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      digits = product
      exponent -= 1
    }
    guard number.isNegative else { return I(exactly: digits) }
    guard digits <= Int64.min.magnitude else { return nil }
    return I(exactly: Int64(truncatingIfNeeded: 0 &- digits))
  }

  /// The number as the nearest `Double`.
  func value(of number: Number) throws(CanonicalJSONError) -> Double {
    // Both factors are exact, so one operation rounds correctly (Clinger 1990).
    if let digits = number.digits, digits < 1 << 53, number.exponent.magnitude <= 22 {
      let scale = exactPowersOfTen[Int(number.exponent.magnitude)]
      let magnitude = number.exponent < 0 ? Double(digits) / scale : Double(digits) * scale
      return number.isNegative && magnitude != 0 ? -magnitude : magnitude
    }
    let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[number.range]), as: UTF8.self)
    guard let value = Double(text) else { throw CanonicalJSONError(.invalidNumber, at: number.range.lowerBound) }
    guard value.isFinite else { throw CanonicalJSONError(.numberOutOfRange("Double"), at: number.range.lowerBound) }
    return value + 0
  }

  /// Passes a number and checks its grammar: no leading zeros or plus, digits on both sides of a point.
  mutating func scanNumber() throws(CanonicalJSONError) -> Number {
    let start = offset
    guard offset < bytes.count else { throw failure(.unexpectedEnd) }
    let isNegative = bytes[offset] == .minus
    guard isNegative || bytes[offset].isDigit else { throw failure(.expected("a number")) }
    if isNegative { offset += 1 }
    var digits: UInt64? = 0
    let wholeStart = offset
    try scanDigits(into: &digits, from: start)
    if bytes[wholeStart] == .zero, offset - wholeStart > 1 { throw CanonicalJSONError(.invalidNumber, at: start) }
    var exponent = 0
    if offset < bytes.count, bytes[offset] == .point {
      offset += 1
      let fraction = offset
      try scanDigits(into: &digits, from: start)
      exponent = fraction - offset
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      var isSmall = false
      if offset < bytes.count, bytes[offset] == .minus || bytes[offset] == .plus {
        isSmall = bytes[offset] == .minus
        offset += 1
      }
      var power: UInt64? = 0
      try scanDigits(into: &power, from: start)
      // Exponents beyond a million are as good as infinite for any type here.
      let bounded = Int(min(power ?? 1_000_000, 1_000_000))
      exponent += isSmall ? -bounded : bounded
    }
    return Number(range: start..<offset, isNegative: isNegative, digits: digits, exponent: exponent)
  }

  /// Passes one or more digits and appends them to `value`, which becomes nil when it overflows.
  private mutating func scanDigits(into value: inout UInt64?, from start: Int) throws(CanonicalJSONError) {
    let first = offset
    guard var total = value else {
      while offset < bytes.count, bytes[offset].isDigit { offset += 1 }
      return try requireDigits(since: first, from: start)
    }
    var overflowed = false
    while offset < bytes.count, bytes[offset].isDigit {
      let digit = UInt64(bytes[offset] &- .zero)
      if total < 1_000_000_000_000_000_000 {
        total = total * 10 + digit  // below 10¹⁹, which 64 bits hold
      } else {
        let (product, a) = total.multipliedReportingOverflow(by: 10)
        let (sum, b) = product.addingReportingOverflow(digit)
        overflowed = overflowed || a || b
        total = sum
      }
      offset += 1
    }
    value = overflowed ? nil : total
    try requireDigits(since: first, from: start)
  }

  private func requireDigits(since first: Int, from start: Int) throws(CanonicalJSONError) {
    guard offset == first else { return }
    guard offset < bytes.count else { throw failure(.unexpectedEnd) }
    throw CanonicalJSONError(.invalidNumber, at: start)
  }
}
