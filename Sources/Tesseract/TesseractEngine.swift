import CTesseract

/// One recognition engine with its languages loaded; keep it warm, since loading costs 50 ms and 25 MB.
///
/// The neural engine alone is used, and its state cleared before each image: the same image gives the same words
/// whatever came before. One thread; `OMP_THREAD_LIMIT=1` must be in the environment when the process starts, or two
/// workers on two cores take six times as long.
package final class TesseractEngine {
  let handle: OpaquePointer
  /// In the order given: the first is tried first.
  package let languages: [String]
  package let dataPath: String

  /// Loads the languages.
  ///
  /// - Parameter dataPath: the folder of the data files; nil is Debian's. The environment is not asked.
  /// - Throws: `TesseractFailure.missingLanguage`, `.badLanguageData`.
  package init(languages: [String], dataPath: String? = nil) throws {
    let path = dataPath ?? TrainedData.defaultPath
    let wanted = languages.isEmpty ? ["eng"] : languages
    // Asked first, because the engine's own answer is a line on standard error.
    for language in wanted where TrainedData.file(for: language, in: path) == nil {
      throw TesseractFailure.missingLanguage(language, dataPath: path)
    }
    let names = wanted.joined(separator: "+")
    handle = try Self.start(names, path: path, mode: OEM_LSTM_ONLY)
    self.languages = wanted
    self.dataPath = path
  }

  deinit {
    TessBaseAPIEnd(handle)
    TessBaseAPIDelete(handle)
  }

  /// The engine's version, such as `5.3.0`.
  package static var version: String { TessVersion().map { String(cString: $0) } ?? "unknown" }

  /// Sets one of the engine's variables for all images to come.
  ///
  /// - Throws: `TesseractFailure.badVariable`.
  package func setVariable(_ name: String, to value: String) throws {
    guard TessBaseAPISetVariable(handle, name, value) != 0 else {
      throw TesseractFailure.badVariable(name, value: value)
    }
  }

  /// A running engine, silent on standard error.
  static func start(_ names: String, path: String, mode: TessOcrEngineMode) throws -> OpaquePointer {
    guard let handle = TessBaseAPICreate() else { throw TesseractFailure.badLanguageData(names, dataPath: path) }
    // The engine has no handler for its messages, only a file to write them to.
    TessBaseAPISetVariable(handle, "debug_file", "/dev/null")
    guard TessBaseAPIInit2(handle, path, names, mode) == 0 else {
      TessBaseAPIDelete(handle)
      throw TesseractFailure.badLanguageData(names, dataPath: path)
    }
    return handle
  }
}
