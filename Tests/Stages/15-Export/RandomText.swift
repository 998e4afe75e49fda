/// Texts full of what markup is made of; the same for the same seed.
struct RandomText {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }

  private static let pieces =
    Array("\\`*_{}[]()#+-.!|$<>~^&@%=\"';:/,?").map(String.init)
    + [
      "**", "__", "~~", "``", "```", "---", "===", "- ", "+ ", "1. ", "12) ", "# ", "> ", "![", "](", "[^1]", "[x] ",
      "]: ", "&amp;", "&#38;", "<b>", "<!-- ", "</p>", "http://a.b/c_d*e", "a", "b", "word", "snake_case", "2*3", "é",
      "日本", " ", " ", " ", " ",
    ]

  /// One line without white space at its ends.
  mutating func line() -> String {
    var text = ""
    for _ in 0...next(9) { text += Self.pieces[next(Self.pieces.count)] }
    return text.split(separator: " ").joined(separator: " ")
  }
}
