/// What the heading of a table of contents says.
package enum ContentsTitle {
  /// - Parameter text: a line; what is no letter does not count.
  package static func isOne(_ text: String) -> Bool {
    guard text.utf8.count <= longest else { return false }
    return names.contains(text.lowercased().filter(\.isLetter))
  }

  private static let longest = 80  // bytes

  private static let names: Set<String> = [
    "contents", "tableofcontents", "inhalt", "inhaltsverzeichnis", "sommaire", "tabledesmatières", "índice", "indice",
    "inhoud", "kazalo", "sisällys", "innhold", "innehåll", "目录", "目次",
  ]
}
