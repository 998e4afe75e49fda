/// The options of a stage that have it ask a model, where one is configured and any of them is on.
package struct ModelConsultation: Codable, Sendable, Hashable {
  /// Those that ask for words.
  package let text: [String]
  /// Those that ask for vectors.
  package let embedding: [String]

  package init(text: [String] = [], embedding: [String] = []) {
    self.text = text
    self.embedding = embedding
  }

  /// Of a stage that never asks.
  package static let none = ModelConsultation()
}
