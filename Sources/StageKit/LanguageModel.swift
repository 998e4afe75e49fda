/// The seam to a configured language model for stages 11, 12 and 14; absent unless an endpoint is configured.
///
/// Answers are recorded in the checkpoint by the stage that asked, so what follows stays reproducible.
package protocol LanguageModel {
  /// The model's name as it enters keys and checkpoints.
  var name: String { get }

  /// Asks for one answer.
  ///
  /// - Parameters:
  ///   - prompt: instructions and text, already cut to the model's size by the caller.
  ///   - schema: a JSON Schema that the answer must satisfy, or nil for free text.
  /// - Throws: `StageFailure`, retryable where the endpoint may recover.
  func answer(prompt: String, schema: Schema?) throws -> String

  /// One vector per text, in their order.
  func embed(_ texts: [String]) throws -> [[Double]]
}
