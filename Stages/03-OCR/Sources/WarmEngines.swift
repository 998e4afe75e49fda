import StageKit
import Tesseract

/// The engines that stay loaded between units.
struct WarmEngines {
  let choice: LanguageChoice
  let context: any StageContext

  /// - Throws: `StageFailure` with `language_data_missing` or `engine_failed`.
  func engine(_ languages: [String]) throws -> TesseractEngine {
    try context.warm(languages.joined(separator: "+")) { try TesseractEngine(languages: languages) }
  }

  /// Nil where the orientation data is not installed: then pages stand as their letters say.
  func detector() throws -> ScriptDetector? {
    guard LanguageData.orientation != nil else { return nil }
    return try context.warm("osd") { try ScriptDetector() }
  }
}
