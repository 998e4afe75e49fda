import CanonicalJSON

extension StageIngredients {
  /// Picks every installed language.
  package static let automaticLanguage = "auto"

  /// What of these ingredients enters the key of a unit with these options: engine versions, rule digests, and the data of the
  /// languages that the options name.
  ///
  /// - Throws: `StageFailure` with `language_data_missing`, naming the language and how to install it.
  package func keyed(options: JSONValue) throws(StageFailure) -> [String: String] {
    var keyed = engines
    for (name, digest) in rules { keyed["rule:\(name)"] = digest.description }
    for language in try languages(in: options) {
      keyed["\(language).traineddata"] = languageData[language]?.description
    }
    return keyed
  }

  private func languages(in options: JSONValue) throws(StageFailure) -> [String] {
    guard let languageOption, let named = options[languageOption]?.array?.compactMap(\.string) else { return [] }
    if named.contains(Self.automaticLanguage) { return languageData.keys.sorted() }
    for language in named where languageData[language] == nil {
      let installed = languageData.keys.sorted().joined(separator: ", ")
      throw StageFailure(
        .languageDataMissing, "No recognition data for the language \"\(language)\" is installed.",
        hint: "Install it (apt install tesseract-ocr-\(language)) or choose from: \(installed).")
    }
    return named
  }
}
