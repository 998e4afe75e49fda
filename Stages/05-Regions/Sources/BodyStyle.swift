import DocumentModel

/// The size and typeface of running text, from all pages; its memory does not grow with their number.
///
/// Sentences decide: a manual may hold more letters of listings than of prose, and is no typescript for that.
struct BodyStyle: Sendable {
  private var plain = Tally()
  private var monospaced = Tally()
  /// Letters of lines that are no code and long enough to be of a sentence.
  private var sentences = 0
  /// Those of lines below another of their block and size, and not bold either, by size in half points: titles have one line.
  private var proseBySize = [Int](repeating: 0, count: Tally.steps)
  /// Of the line before, if it may be of a sentence.
  private var above: (block: Int, step: Int)?
  /// Lines in fixed-width type that begin with a prompt.
  private(set) var prompts = 0
  /// Numbered lines in bold type, and by size in half points.
  private var boldNumbers = 0
  private var numbersBySize = [Int](repeating: 0, count: Tally.steps)

  private static let larger = 1.12  // of the body's size: headings
  private static let leastNumbers = 2  // lines: one is a chance
  private static let proseShare = 0.12  // of all letters, in sentences of other type: fewer are heads over a typescript
  private static let textShare = 0.2  // of the letters in sentences of several lines
  private static let leastText = 300.0  // letters: a few lines are a notice
  private static let widestText = 1.5  // of the body's size
  private static let sentenceWords = 6  // words of a line of prose: captions' ends and labels have fewer

  mutating func count(_ line: LineView) {
    guard !line.isTurned, Tally.counts(size: line.size) else { return }
    if HeadingRule.isNumbered(line.words) {
      if line.isBold { boldNumbers += 1 }
      numbersBySize[Tally.step(line.size)] += 1
    }
    if line.isMonospaced {
      monospaced.count(line)
      if Sessions.tellsSession(line.words) { prompts += 1 }
    } else {
      plain.count(line)
      if line.words.count >= Self.sentenceWords {
        sentences += line.letters
        let (step, place) = (Tally.step(line.size), above)
        above = (line.block, step)
        if !line.isBold, let place, place == (line.block, step) { proseBySize[step] += line.letters }
      } else {
        above = nil
      }
    }
  }

  /// Points, to the half; 0 where there is no text. Neighbouring steps vote together: recognised sizes wander.
  ///
  /// Listings confirm a size that sentences have too: small print may be longer than the text.
  var size: Double {
    let body = body
    return body.size { body.bySize[$0] + min(monospaced.bySize[$0] / 2, body.bySize[$0]) }
  }
  /// The largest size that much of the text has, in points: where small print is longer than the text it belongs to, lines in
  /// the text's size are no headings for that. No smaller than `size`.
  var largestText: Double {
    let size = size
    let least = max(Double(proseBySize.reduce(0, +)) * Self.textShare, Self.leastText)
    let steps = 1...min(max(Tally.step(size * Self.widestText), 1), Tally.steps - 1)
    let largest = steps.last { Double(proseBySize[$0]) >= least }
    return max(size, Double(largest ?? 0) / 2)
  }
  var font: String? { body.font }
  var isBold: Bool { 2 * body.bold > body.letters }
  /// Whether the document is a typescript, in which fixed-width type tells nothing.
  var isMonospaced: Bool {
    let all = plain.letters + monospaced.letters
    return 2 * monospaced.letters > all && Double(sentences) < Self.proseShare * Double(all)
  }

  /// Whether numbered headings are set in larger or bold type.
  var numbersAreStyled: Bool {
    let least = Int((2 * Self.larger * size).rounded(.up))
    let large = least > 0 && least < numbersBySize.count ? numbersBySize[least...].reduce(0, +) : 0
    return max(isBold ? 0 : boldNumbers, large) >= Self.leastNumbers
  }

  private var body: Tally { isMonospaced || plain.letters == 0 ? monospaced : plain }

  /// The letters of one kind of type.
  private struct Tally: Sendable {
    private(set) var letters = 0
    private(set) var bold = 0
    private(set) var bySize = [Int](repeating: 0, count: Self.steps)
    private var byFont: [String: Int] = [:]

    static let steps = 400  // half points: 200 points, beyond any running text
    private static let mostFonts = 256  // typefaces: later ones are not the body's

    static func step(_ size: Double) -> Int { Int((size * 2).rounded()) }
    static func counts(size: Double) -> Bool { size.isFinite && (1..<steps).contains(step(size)) }

    mutating func count(_ line: LineView) {
      bySize[Self.step(line.size)] += line.letters
      letters += line.letters
      if line.isBold { bold += line.letters }
      if !line.font.isEmpty, byFont[line.font] != nil || byFont.count < Self.mostFonts {
        byFont[line.font, default: 0] += line.letters
      }
    }

    /// - Parameter votes: of a step.
    func size(_ votes: (Int) -> Int) -> Double {
      guard letters > 0 else { return 0 }
      func around(_ step: Int) -> Int { votes(step - 1) + 2 * votes(step) + votes(step + 1) }
      let best = (1..<(Self.steps - 1)).max { around($0) < around($1) || (around($0) == around($1) && $0 > $1) } ?? 0
      let own = [best, best - 1, best + 1].max { votes($0) < votes($1) } ?? best
      return Double(own) / 2
    }

    var font: String? { byFont.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
  }
}
