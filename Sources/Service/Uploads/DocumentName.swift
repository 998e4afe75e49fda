/// What people call a document: never a path, always one short line.
enum DocumentName {
  /// Bytes: as much as file systems take.
  private static let longest = 255

  static func cleaned(_ name: String) -> String {
    // Some clients send whole paths, of either kind.
    let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
    var text = ""
    for scalar in last.unicodeScalars where scalar.properties.generalCategory != .control {
      guard text.utf8.count + String(scalar).utf8.count <= longest else { break }
      text.unicodeScalars.append(scalar)
    }
    return text.isEmpty ? "document" : text
  }
}
