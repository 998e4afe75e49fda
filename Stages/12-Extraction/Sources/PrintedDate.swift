/// A date as it stands in a text: which number is the day may still be open.
struct PrintedDate: Hashable {
  let range: Range<Int>
  let year: Int
  /// In the order printed; for dates with a month's name or the year first the order is known.
  let first: Int
  let second: Int
  let order: Order
  /// Whether the year has two digits.
  let shortYear: Bool
  /// Whether full stops part the numbers: then no one writes the month first.
  let stops: Bool

  enum Order: Hashable { case dayMonth, monthDay, open }

  /// ISO 8601, or nil where there is no such day.
  ///
  /// - Parameter monthFirst: how open dates are read.
  func iso(monthFirst: Bool) -> String? {
    let monthIsFirst = order == .open ? monthFirst : order == .monthDay
    let (day, month) = monthIsFirst ? (second, first) : (first, second)
    return Self.isDay(year, month, day)
      ? "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))" : nil
  }

  static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1...12).contains(month), day >= 1, (1000...2999).contains(year) else { return false }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= lengths[month - 1]
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
