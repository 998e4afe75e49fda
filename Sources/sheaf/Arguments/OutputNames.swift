/// Names the results of a batch so that no two documents share one.
///
/// A document gives its results its own name without the last extension. Documents that would then share a name keep
/// their extensions (`a.pdf.md`, `a.png.md`). Documents of the very same name, from different folders, are numbered
/// from the second on (`a.md`, `a-2.md`).
enum OutputNames {
  /// - Parameter paths: as given; `-` is standard input.
  /// - Returns: as many, in their order.
  static func of(_ paths: [String]) -> [OutputName] {
    let files = paths.map(fileName)
    let extensions = Dictionary(grouping: Set(files)) { stem($0).stem }
    var taken = Set(files.map { base($0, extensions).text })
    var seen: Set<String> = []
    var numbers: [String: Int] = [:]
    return files.map { file in
      let name = base(file, extensions)
      guard !seen.insert(name.text).inserted else { return name }
      let keepsExtension = (extensions[stem(file).stem]?.count ?? 0) > 1
      while true {
        let number = numbers[file, default: 1] + 1
        numbers[file] = number
        let candidate = numbered(file, number, keepsExtension)
        if taken.insert(candidate.text).inserted { return candidate }
      }
    }
  }

  private static func base(_ file: String, _ extensions: [String: [String]]) -> OutputName {
    let stem = stem(file).stem
    return OutputName((extensions[stem]?.count ?? 0) > 1 ? file : stem)
  }

  private static func numbered(_ file: String, _ number: Int, _ keepsExtension: Bool) -> OutputName {
    let (stem, ending) = stem(file)
    return OutputName("\(stem)-\(number)\(keepsExtension ? ending : "")")
  }

  private static func fileName(_ path: String) -> String {
    if path == "-" { return "stdin" }
    return path.split(separator: "/").last.map(String.init) ?? path
  }

  /// A dot at the start makes a hidden file, and one at the end no extension.
  private static func stem(_ file: String) -> (stem: String, ending: String) {
    guard let dot = file.lastIndex(of: "."), dot > file.startIndex, file.index(after: dot) < file.endIndex else {
      return (file, "")
    }
    return (String(file[..<dot]), String(file[dot...]))
  }
}
