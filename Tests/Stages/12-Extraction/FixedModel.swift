import StageKit

/// A language model that always answers the same and keeps what it was asked.
final class FixedModel: LanguageModel {
  let name = "fixed"
  private let fixed: String
  private(set) var prompts: [String] = []

  init(_ answer: String) { fixed = answer }

  func answer(prompt: String, schema: Schema?) throws -> String {
    prompts.append(prompt)
    return fixed
  }

  func embed(_ texts: [String]) throws -> [[Double]] { [] }
}
