import StageKit

extension StageFailure {
  /// What a command says where its arguments contradict each other.
  static func usage(_ message: String, hint: String? = nil) -> StageFailure {
    StageFailure(.invalidRequest, message, hint: hint)
  }

  static func noJob(_ reference: String) -> StageFailure {
    StageFailure(.jobNotFound, "There is no job \"\(reference)\".", hint: "sheaf jobs lists them.")
  }
}
