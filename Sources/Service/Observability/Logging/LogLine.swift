import Logging

#if canImport(Glibc)
  import Glibc
#endif

/// One line of the log as JSON: when, how grave, what, and what it is about.
enum LogLine {
  /// - Returns: the line with its end.
  static func json(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> [UInt8] {
    var text = "{\"at\":\"\(now())\",\"level\":\"\(level.rawValue)\",\"message\":"
    quote(message, limit: messageLimit, into: &text)
    for key in metadata.keys.sorted().prefix(fieldLimit) where !reserved.contains(key) {
      text += ","
      quote(key, limit: keyLimit, into: &text)
      text += ":"
      if isSecret(key) {
        text += "\"(not logged)\""
      } else {
        write(metadata[key] ?? "", into: &text)
      }
    }
    return Array(text.utf8) + Array("}\n".utf8)
  }

  /// Characters that are kept of a message, of a value, of a key; fields of a line.
  private static let messageLimit = 1_000
  private static let valueLimit = 500
  private static let keyLimit = 64
  private static let fieldLimit = 32

  private static let reserved: Set<String> = ["at", "level", "message"]
  /// What must not reach the log even where somebody passes it by mistake.
  private static let secrets: Set<String> = [
    "password", "authorization", "cookie", "api_key", "apikey", "key", "secret", "token", "ticket", "text", "content",
  ]

  private static func isSecret(_ key: String) -> Bool { secrets.contains(key.lowercased()) }

  private static func write(_ value: Logger.MetadataValue, into text: inout String) {
    switch value {
    case .string(let string): write(string, into: &text)
    case .stringConvertible(let value): write(value.description, into: &text)
    case .array, .dictionary: quote("\(value)", limit: valueLimit, into: &text)
    }
  }

  /// Numbers as numbers, so that whoever reads the log can compare them.
  private static func write(_ value: String, into text: inout String) {
    if let number = Double(value), number.isFinite, isJSONNumber(value) {
      text += value
    } else {
      quote(value, limit: valueLimit, into: &text)
    }
  }

  private static func isJSONNumber(_ text: String) -> Bool {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard let first = digits.first, digits.count <= 20, digits.last != UInt8(ascii: ".") else { return false }
    let isDigits = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
    let second = digits.dropFirst().first
    return isDigits && first != UInt8(ascii: ".")
      && (first != UInt8(ascii: "0") || second == nil || second == UInt8(ascii: "."))
  }

  private static func quote(_ string: String, limit: Int, into text: inout String) {
    text += "\""
    var count = 0
    for scalar in string.unicodeScalars {
      count += 1
      guard count <= limit else {
        text += "…"
        break
      }
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      // Control characters, and the two line ends that only Unicode knows.
      case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.value & ~1 == 0x2028:
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// The time in UTC to the millisecond: `2026-11-21T11:30:54.123Z`.
  private static func now() -> String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    var parts = tm()
    gmtime_r(&time.tv_sec, &parts)
    let date = "\(Int(parts.tm_year) + 1900)-\(padded(Int(parts.tm_mon) + 1, 2))-\(padded(Int(parts.tm_mday), 2))"
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }.joined(separator: ":")
    return "\(date)T\(clock).\(padded(time.tv_nsec / 1_000_000, 3))Z"
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
