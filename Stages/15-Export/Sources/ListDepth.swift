/// The lists that are open where an item begins.
struct ListDepth {
  /// One open list.
  struct Level {
    let level: Int
    /// Columns before the text of its items.
    var content: Int
    /// The number and the sign behind it of its last item, for lists that Markdown numbers.
    var last: (number: Int, sign: Character)?
  }

  private(set) var open: [Level] = []
  /// Whether a block of its own stands before the next item.
  private(set) var isLoose = false

  var isEmpty: Bool { open.isEmpty }

  mutating func close() { (open, isLoose) = ([], false) }

  /// Closes deeper lists.
  ///
  /// - Returns: the column at which an item of this level begins, and the list it goes on with, if any.
  mutating func enter(_ level: Int) -> (indent: Int, before: Level?) {
    while let last = open.last, last.level > level { open.removeLast() }
    let before = open.last?.level == level ? open.removeLast() : nil
    return (open.last?.content ?? 0, before)
  }

  /// Closes lists deeper than a text's, whose item it belongs to.
  ///
  /// - Returns: the column at which it begins; nil where no item of that level is open.
  mutating func column(ofLevel level: Int) -> Int? {
    guard open.contains(where: { $0.level == level }) else { return nil }
    while let last = open.last, last.level > level { open.removeLast() }
    isLoose = true
    return open.last?.content
  }

  mutating func push(_ level: Level) {
    open.append(level)
    isLoose = false
  }
}
