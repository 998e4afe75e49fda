import StageKit

/// A language model that always answers the same and keeps what it was asked.
package final class FixedModel: LanguageModel {
  package let name = "fixed"
  private let fixed: String
  package private(set) var prompts: [String] = []

  package init(_ answer: String) { fixed = answer }

  package let seesPictures = false

  package func answer(prompt: String, schema: Schema?, picture: ModelPicture?) throws -> String {
    prompts.append(prompt)
    return fixed
  }
}
