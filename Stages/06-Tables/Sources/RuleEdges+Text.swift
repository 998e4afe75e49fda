import DocumentModel

extension RuleEdges {
  private static let textShare = 0.5  // of a rule's length that runs through the middle of words
  private static let upper = 0.22, lower = 0.8  // of a word's height: overlines and underlines stand outside

  /// Rules that are none: strokes of letters joined by a coarse raster, words struck through.
  ///
  /// - Parameter words: ascending by the y of their middle.
  static func withoutText(_ rules: [RulingLine], words: [TableWord]) -> [RulingLine] {
    let reach = words.map(\.box.height).max() ?? 0
    guard reach > 0 else { return rules }
    return rules.filter { rule in
      guard rule.axis == .horizontal, rule.length > 0 else { return true }
      var covered = 0.0
      var next = words.partitioningIndex { $0.box.midY >= rule.position - reach / 2 }
      while next < words.count, words[next].box.midY <= rule.position + reach / 2 {
        let box = words[next].box
        let place = (rule.position - box.top) / max(box.height, 0.1)
        if place > upper, place < lower { covered += max(0, min(box.right, rule.end) - max(box.left, rule.start)) }
        next += 1
      }
      return covered < textShare * rule.length
    }
  }
}
