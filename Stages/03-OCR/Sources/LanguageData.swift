import Foundation
import StageKit
import Tesseract

/// The installed language data and its digests, read once in a process.
enum LanguageData {
  /// Languages, sorted, without the orientation data.
  static let installed = TrainedData.installedLanguages()

  /// The digest of each language's file.
  static let digests: [String: Digest] = Dictionary(
    uniqueKeysWithValues: installed.compactMap { language in digest(language).map { (language, $0) } })

  /// The digest of the orientation data, which is no language and is asked whatever the languages are.
  static let orientation: Digest? = digest("osd")

  /// Nil for a file that cannot be read: recognition with it fails anyway, and says so.
  private static func digest(_ language: String) -> Digest? {
    TrainedData.file(for: language).flatMap { FileManager.default.contents(atPath: $0) }.map { data in
      data.withUnsafeBytes { Digest(of: $0) }
    }
  }
}
