/// Amounts in words for people, the same in every command.
enum Measure {
  /// `3.2 s`, `42 s`, `2 min 05 s`, `1 h 02 min`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "0.0 s" }
    if seconds < 9.95 { return "\(oneDecimal(seconds)) s" }
    let whole = whole(seconds)
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3600: return "\(whole / 60) min \(twoDigits(whole % 60)) s"
    default: return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
    }
  }

  /// `0:42`, `12:05`, `1:02:33`: narrow, for columns.
  static func clock(_ seconds: Double) -> String {
    let whole = whole(max(0, seconds))
    let minutes = whole / 60
    let end = twoDigits(whole % 60)
    return minutes < 60 ? "\(minutes):\(end)" : "\(minutes / 60):\(twoDigits(minutes % 60)):\(end)"
  }

  /// `812 B`, `4.2 kB`, `1.3 GB`: powers of 1000, as disks are sold and `df -H` counts.
  static func bytes(_ count: Int) -> String {
    guard count >= 1000 else { return "\(count) B" }
    var amount = Double(count) / 1000
    var unit = 0
    while amount >= 999.95, unit + 1 < units.count {
      amount /= 1000
      unit += 1
    }
    return "\(oneDecimal(amount)) \(units[unit])"
  }

  private static let units = ["kB", "MB", "GB", "TB", "PB"]

  /// `1 page`, `40 pages`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  static func oneDecimal(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

  /// What is beyond a century is said as a century.
  private static func whole(_ seconds: Double) -> Int {
    seconds.isFinite ? Int(min(seconds, 3_155_760_000).rounded()) : 3_155_760_000
  }
}
