import StageKit
import Tesseract

#if canImport(Glibc)
  import Glibc
#endif

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
    guard let path = TrainedData.file(for: language) else { return nil }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    // Mapped: several megabytes in each process that starts.
    return try? InputFile(descriptor: descriptor).withBytes { Digest(of: $0) }
  }
}
