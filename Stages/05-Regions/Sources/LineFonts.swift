import DocumentModel

/// A page's fonts, their families, and which of them set mathematics: sought once for each font, not for each line.
struct LineFonts {
  let all: [Font]
  /// The family of each.
  let families: [String]
  private let math: [Bool]

  init(_ fonts: [Font]) {
    all = fonts
    families = fonts.map { NumberAxis.family($0.name) }
    math = fonts.map { MathFonts.contains($0.name) }
  }

  /// - Parameter index: of one of them.
  func isMath(_ index: Int) -> Bool { math[index] }
}
