/// Why recognition could not begin or not go on.
package enum TesseractFailure: Error, Hashable, CustomStringConvertible {
  /// No language data of that name in the folder.
  case missingLanguage(String, dataPath: String)
  /// The engine refuses its data: damaged, or made for the old engine.
  case badLanguageData(String, dataPath: String)
  /// The engine knows no variable of that name, or refuses the value.
  case badVariable(String, value: String)
  /// The engine gave up on the image.
  case recognitionFailed(detail: String)

  package var description: String {
    switch self {
    case .missingLanguage(let name, let path):
      "no recognition data for \"\(name)\" in \(path)\(Self.hint(name))"
    case .badLanguageData(let names, let path): "recognition data for \"\(names)\" in \(path) cannot be used"
    case .badVariable(let name, let value): "the recognition engine refuses \(name) = \(value)"
    case .recognitionFailed(let detail): "recognition failed: \(detail)"
    }
  }

  /// Debian's package for a language; script models are named otherwise there.
  package static func package(for language: String) -> String? {
    let isPlain = !language.isEmpty && language.utf8.allSatisfy { TrainedData.isNameByte($0) }
    return isPlain ? "tesseract-ocr-" + language.lowercased().split(separator: "_").joined(separator: "-") : nil
  }

  private static func hint(_ name: String) -> String {
    package(for: name).map { "; install it with: apt-get install \($0)" } ?? ""
  }
}
