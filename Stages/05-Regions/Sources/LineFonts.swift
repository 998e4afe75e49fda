import DocumentModel

/// A page's fonts, and which of them set mathematics: sought once for each font, not for each line.
struct LineFonts {
  let all: [Font]
  private let math: [Bool]

  init(_ fonts: [Font]) {
    all = fonts
    math = fonts.map { MathFonts.contains($0.name) }
  }

  /// - Parameter index: of one of them.
  func isMath(_ index: Int) -> Bool { math[index] }
}
