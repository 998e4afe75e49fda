/// What the heading of a table of contents says.
package enum ContentsTitle {
  /// - Parameter text: a line; what is no letter does not count.
  package static func isOne(_ text: String) -> Bool {
    guard text.utf8.count <= longest else { return false }
    return names.contains(text.lowercased().filter(\.isLetter))
  }

  private static let longest = 80  // bytes

  /// Without accents too: the engine's English model reads none.
  private static let names: Set<String> = [
    "contents", "tableofcontents", "briefcontents", "inhalt", "inhaltsverzeichnis", "inhaltsübersicht",
    "inhaltsubersicht", "sommaire", "tabledesmatières", "tabledesmatieres", "tabledesmatiéres", "índice", "indice",
    "índicegeneral", "indicegeneral", "contenido", "tabladecontenido", "tabladecontenidos", "índex",
    "sumário", "sumario", "conteúdo", "conteudo", "sommario", "indicegenerale", "inhoud", "inhoudsopgave",
    "innehåll", "innehall", "innehållsförteckning", "innehallsforteckning", "indhold", "indholdsfortegnelse",
    "innhold", "innholdsfortegnelse", "sisällys", "sisallys", "sisällysluettelo", "sisallysluettelo", "spistreści",
    "spistresci", "obsah", "tartalom", "tartalomjegyzék", "tartalomjegyzek", "cuprins", "kazalo", "vsebina",
    "sadržaj", "sadrzaj", "sisukord", "saturs", "turinys", "içindekiler", "icindekiler", "mụclục", "mucluc",
    "daftarisi", "содержание", "оглавление", "зміст", "съдържание", "περιεχόμενα", "目录", "目錄", "目次", "목차", "차례",
  ]
}
