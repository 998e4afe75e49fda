import DocumentModel

/// A word on its way into a run.
struct RunPiece {
  let word: Int
  var text: String
  var style: TextStyle
  let link: String?
  /// What stands between the word before and this one.
  let gap: String
  /// Whether it is smaller than its line's letters, as scripts are.
  var isSmall = false
  /// Whether it is one of the dots that lead to what follows.
  var leads = false

  /// How much markup a space in it would stand in: a link more than emphasis.
  var markup: Int { (link == nil ? 0 : 2) + (style.isEmpty ? 0 : 1) }
}
