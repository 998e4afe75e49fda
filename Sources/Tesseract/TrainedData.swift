import Glibc

/// The folder of language data files.
package enum TrainedData {
  /// Where Debian puts it.
  package static let defaultPath = "/usr/share/tesseract-ocr/5/tessdata"

  private static let suffix = ".traineddata"

  /// Languages in the folder, sorted; the orientation data ("osd"), which is no language, left out.
  package static func installedLanguages(in path: String = defaultPath) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(suffix) { names.append(String(name.dropLast(suffix.count))) }
    }
    return names.filter { $0 != "osd" }.sorted()
  }

  /// The data file of a language, or nil where the name is no name or the file cannot be read.
  package static func file(for language: String, in path: String = defaultPath) -> String? {
    // One level of folder is allowed: "script/Latin".
    let parts = language.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isNameByte) }) else { return nil }
    let file = "\(path)/\(language)\(suffix)"
    return access(file, R_OK) == 0 ? file : nil
  }

  /// Letters, digits and underscore: nothing that leads out of the folder.
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
