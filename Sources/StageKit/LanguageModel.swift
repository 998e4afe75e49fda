/// The seam to a configured language model for stages 11, 12 and 14; absent unless an endpoint is configured.
///
/// Answers are recorded in the checkpoint by the stage that asked, so what follows stays reproducible.
package protocol LanguageModel {
  /// The model's name as it enters keys and checkpoints.
  var name: String { get }

  /// Whether a question may come with a picture.
  var seesPictures: Bool { get }

  /// Asks for one answer.
  ///
  /// - Parameters:
  ///   - prompt: instructions and text, already cut to the model's size by the caller.
  ///   - schema: a JSON Schema that the answer must satisfy, or nil for free text.
  ///   - picture: what the prompt speaks of; nil where the model sees none.
  /// - Throws: `StageFailure` with `model_unavailable` or `model_refused`: the endpoint has been tried again by then.
  func answer(prompt: String, schema: Schema?, picture: ModelPicture?) throws -> String
}

extension LanguageModel {
  package func answer(prompt: String, schema: Schema?) throws -> String {
    try answer(prompt: prompt, schema: schema, picture: nil)
  }
}
