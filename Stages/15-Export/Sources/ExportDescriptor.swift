import StageKit

/// Options that several formats share; a name means the same everywhere.
enum ExportDescriptor {
  static let name = OptionDescriptor.text(
    "name", "document", "The document's name: the folder that links to pictures lead to, and an untitled page's title.")
  static let figureText = OptionDescriptor.flag(
    "figureText", false, "Tell the words that stand inside pictures.")
}
