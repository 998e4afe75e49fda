/// What a stage could not do: a stable code, a sentence for people, where, and what to try.
package struct StageFailure: Error, Codable, Sendable, Hashable, CustomStringConvertible {
  package let code: ErrorCode
  /// One sentence that says what is wrong, without internal detail.
  package let message: String
  /// Counts from 1.
  package let page: Int?
  /// What the user can do about it.
  package let hint: String?
  /// Whether another attempt may succeed without any change (a full disk, a failed fsync).
  package let retryable: Bool

  package init(_ code: ErrorCode, _ message: String, page: Int? = nil, hint: String? = nil, retryable: Bool = false) {
    self.code = code
    self.message = message
    self.page = page
    self.hint = hint
    self.retryable = retryable
  }

  package var description: String {
    let place = page.map { " (page \($0))" } ?? ""
    let advice = hint.map { " \($0)" } ?? ""
    return "\(code.rawValue)\(place): \(message)\(advice)"
  }
}
