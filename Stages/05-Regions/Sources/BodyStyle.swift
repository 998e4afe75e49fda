import DocumentModel

/// The size and typeface of running text, from all pages; its memory does not grow with their number.
struct BodyStyle: Sendable {
  private var lettersBySize = [Int](repeating: 0, count: Self.steps)
  private var lettersByFont: [String: Int] = [:]
  private var bold = 0
  private var monospaced = 0
  private var letters = 0

  private static let steps = 400  // half points: 200 points, beyond any running text
  private static let mostFonts = 256  // typefaces: later ones are not the body's

  mutating func count(_ line: LineView) {
    let step = Int((line.size * 2).rounded())
    guard step > 0, step < Self.steps, !line.isTurned else { return }
    lettersBySize[step] += line.letters
    letters += line.letters
    if line.isBold { bold += line.letters }
    if line.isMonospaced { monospaced += line.letters }
    if !line.font.isEmpty, lettersByFont[line.font] != nil || lettersByFont.count < Self.mostFonts {
      lettersByFont[line.font, default: 0] += line.letters
    }
  }

  /// Points, to the half; 0 where there is no text. Neighbouring steps vote together: recognised sizes wander.
  var size: Double {
    guard letters > 0 else { return 0 }
    let best = (1..<(Self.steps - 1)).max { around($0) < around($1) || (around($0) == around($1) && $0 > $1) } ?? 0
    let own = [best, best - 1, best + 1].max { lettersBySize[$0] < lettersBySize[$1] } ?? best
    return Double(own) / 2
  }

  var font: String? { lettersByFont.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
  var isBold: Bool { 2 * bold > letters }
  var isMonospaced: Bool { 2 * monospaced > letters }

  private func around(_ step: Int) -> Int {
    lettersBySize[step - 1] + 2 * lettersBySize[step] + lettersBySize[step + 1]
  }
}
