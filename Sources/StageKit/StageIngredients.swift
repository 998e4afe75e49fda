/// What enters a stage's keys besides its input and options.
package struct StageIngredients: Codable, Sendable, Hashable {
  /// Native engines and their versions: `["tesseract": "5.3.0"]`.
  package var engines: [String: String]
  /// Digests of shipped rule files, by name.
  package var rules: [String: Digest]
  /// Digests of installed language data, by language.
  package var languageData: [String: Digest]
  /// The option whose values pick from `languageData`; the value `auto` picks all.
  package var languageOption: String?

  package init(
    engines: [String: String] = [:], rules: [String: Digest] = [:], languageData: [String: Digest] = [:],
    languageOption: String? = nil
  ) {
    self.engines = engines
    self.rules = rules
    self.languageData = languageData
    self.languageOption = languageOption
  }
}
