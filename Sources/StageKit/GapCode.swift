/// Why a unit was given up for good: the closed set whose codes enter the keys of what depends on it.
///
/// Holds no signal number, no message and no count, so that the same failure always yields the same keys.
package enum GapCode: String, Codable, Sendable, Hashable, CaseIterable {
  case pageUnreadable = "page_unreadable"
  case pageTooLarge = "page_too_large"
  case imageTooLarge = "image_too_large"
  case damaged
  case engineFailed = "engine_failed"
  case crashed
  case timedOut = "timed_out"
  case outOfMemory = "out_of_memory"
  case outputTooLarge = "output_too_large"
  case languageDataMissing = "language_data_missing"

  /// The gap that a failure leaves; anything without a code of its own is the engine's failure.
  package init(_ code: ErrorCode) { self = GapCode(rawValue: code.rawValue) ?? .engineFailed }
}
