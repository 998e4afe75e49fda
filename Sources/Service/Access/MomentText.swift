import Foundation

/// Times as they stand in JSON.
enum MomentText {
  /// ISO 8601, UTC, whole seconds.
  static func make(_ seconds: Double) -> String { Date(timeIntervalSince1970: seconds).formatted(.iso8601) }

  /// The day that a time lies on, UTC: `2026-01-31`.
  static func day(_ seconds: Double) -> String { String(make(seconds).prefix(10)) }

  /// Whether a text is a day as we write it.
  static func isDay(_ text: String) -> Bool {
    guard text.utf8.count == 10 else { return false }
    return (try? Date(text + "T00:00:00Z", strategy: .iso8601)).map { day($0.timeIntervalSince1970) == text } ?? false
  }
}
