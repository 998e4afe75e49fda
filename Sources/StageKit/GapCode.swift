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

  /// What happened, for people, where nobody told more.
  package var sentence: String {
    switch self {
    case .pageUnreadable: "The page could not be read."
    case .pageTooLarge: "The page is larger than allowed."
    case .imageTooLarge: "The image has more pixels than allowed."
    case .damaged: "The page is damaged."
    case .engineFailed: "The page could not be worked on."
    case .crashed: "A worker crashed on the page."
    case .timedOut: "The page took longer than it may."
    case .outOfMemory: "The page needed more memory than it may use."
    case .outputTooLarge: "The page yielded more than may be kept."
    case .languageDataMissing: "No recognition data for its language is installed."
    }
  }

  /// The gap that a failure leaves; anything without a code of its own is the engine's failure.
  package init(_ code: ErrorCode) { self = GapCode(rawValue: code.rawValue) ?? .engineFailed }
}
