import DocumentModel
import StageKit
import Tesseract

/// Which languages a page is read with.
struct LanguageChoice {
  /// The languages asked for; nil where they are to be found out.
  let asked: [String]?
  private let installed: [String]

  /// - Throws: `StageFailure` with `language_data_missing`, naming what is installed.
  init(option: [String], installed: [String] = LanguageData.installed) throws(StageFailure) {
    self.installed = installed
    let names = option.filter { $0 != Self.automatic }
    // An explicit language beside `auto` means what it says.
    asked = names.isEmpty ? nil : names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    for name in names where TrainedData.file(for: name) == nil {
      throw Self.missing(name, installed: installed)
    }
    if asked == nil, installed.isEmpty { throw Self.missing("eng", installed: installed) }
  }

  static let automatic = "auto"

  func isInstalled(_ language: String) -> Bool { installed.contains(language) }

  /// Whether the script must be known before the languages are.
  var wantsScript: Bool { asked == nil && installed.contains { !Scripts.isLatin($0) } }

  /// - Parameter script: Tesseract's name of the page's script, where it was looked for and found.
  func languages(script: String?) -> [String] {
    if let asked { return asked }
    if let script, script != Scripts.latin {
      let own = Scripts.languages(of: script).filter(installed.contains)
      if let first = own.first { return [first] }
    }
    let latin = installed.filter(Scripts.isLatin)
    return latin.contains("eng") || latin.isEmpty ? ["eng"] : [latin[0]]
  }

  private static func missing(_ name: String, installed: [String]) -> StageFailure {
    let package = TesseractFailure.package(for: name).map { "Install the package \($0), or choose" } ?? "Choose"
    let choice = installed.isEmpty ? "another." : "from what is installed: \(installed.joined(separator: ", "))."
    return StageFailure(
      .languageDataMissing, "There is no recognition data for the language \"\(name)\".", hint: "\(package) \(choice)")
  }
}
