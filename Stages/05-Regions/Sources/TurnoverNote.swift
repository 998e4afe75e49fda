/// A note that what is cut by a page's end goes on over it; typesetters add it, and it says nothing else.
enum TurnoverNote {
  /// "(continues on next page)" and "(continued from previous page)", and what programs for other languages say there.
  static func holds(_ words: [String]) -> Bool {
    guard words.count <= mostWords else { return false }
    let text = words.joined(separator: " ").lowercased().drop { marks.contains($0) }
    guard let end = text.lastIndex(where: { !marks.contains($0) }) else { return false }
    return notes.contains(String(text[...end]))
  }

  private static let mostWords = 8
  private static let marks: Set<Character> = ["(", ")", "[", "]", "（", "）", ".", "…", "-", "–", "—", " "]

  private static let notes: Set<String> = [
    "continues on next page", "continued on next page", "continued from previous page", "continued from last page",
    "continues on the next page", "continued on the next page", "continued from the previous page",
    "fortsetzung auf der nächsten seite", "fortsetzung der vorherigen seite", "suite sur la page suivante",
    "suite de la page précédente", "continué en la próxima página", "proviene de la página anterior",
    "continúa en la próxima página", "continua alla pagina successiva", "continua dalla pagina precedente",
    "continua na próxima página", "continuação da página anterior", "vervolgd op volgende pagina",
    "vervolgd van vorige pagina", "продолжение на следующей странице", "продолжение с предыдущей страницы",
    "次のページに続く", "前のページからの続き", "续下页", "接上页", "다음 페이지에 계속", "이전 페이지에서 계속",
  ]
}
