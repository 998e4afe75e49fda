import Contracts
import DocumentModel
import Leptonica
import Poppler
import StageKit

/// Judges how far a page's text layer can be believed.
struct TextLayerJudge {
  let layer: TextLayer
  let images: [BoundingBox]
  let page: PageSize

  private static let leastMapped = 0.85  // of the characters: a few symbols without a meaning are usual
  private static let leastPlausible = 0.65  // of the words: prose has 0.95 and more, broken maps 0.1 to 0.6
  private static let leastEvidence = 8  // words that tell anything: fewer prove nothing
  private static let leastTelling = 0.1  // of all words: a page of codes has hardly a word that tells
  private static let leastCharacters = 12  // on a page that is mostly image: a stamp, not its text
  private static let leastDrawn = 0.2  // of the words: in a damaged document some fonts may be sound
  private static let ink = 200  // grey: lighter is not read
  private static let leastInk = 0.02  // of a word's box: thin letters fill a tenth
  private static let wordsAsked = 1_000
  private static let mostlyImage = 0.5  // of the page
  private static let tiled = 0.85  // of the page, by images together
  private static let leastImage = 0.15  // of the page: smaller images with text in them are figures

  /// - Parameter grey: the page as drawn: shows whether images hold letters that no word covers.
  func verdict(grey: RasterImage, resolution: Double) throws -> TextLayerVerdict {
    let cover = imageCover()
    let plausibility = WordPlausibility(layer.words)
    let mapped = mappedShare(plausibility)
    return TextLayerVerdict(
      judgement: try judgement(mapped, plausibility, cover, grey, resolution), characters: layer.characterCount,
      mapped: Score(mapped), plausible: Score(plausibility.share), imageCover: Score(cover))
  }

  private func judgement(
    _ mapped: Double, _ plausibility: WordPlausibility, _ cover: Double, _ grey: RasterImage, _ resolution: Double
  ) throws -> TextLayerVerdict.Judgement {
    guard layer.characterCount > 0 else { return .absent }
    if layer.characterCount < Self.leastCharacters, cover > Self.mostlyImage { return .absent }
    if layer.characterCount < Self.fewCharacters, cover < Self.leastImage, try isOutlined(grey, resolution) {
      return .absent
    }
    if mapped < Self.leastMapped { return try isDrawn(on: grey, resolution) ? .broken : .trusted }
    let needed = max(Self.leastEvidence, Int(Self.leastTelling * Double(layer.words.count)))
    if plausibility.evidence >= needed, plausibility.share < Self.leastPlausible {
      return try isDrawn(on: grey, resolution) ? .broken : .trusted
    }
    var large = images.filter { $0.area >= Self.leastImage * page.bounds.area }
    // A scan cut into tiles is one image.
    if cover >= Self.tiled { large = [page.bounds] }
    guard !large.isEmpty else { return .trusted }
    let letters = try LoneLetters(in: grey, resolution: resolution, words: layer.words.map(\.box))
    return large.contains { letters.areText(in: $0, of: page) } ? .partial : .trusted
  }

  private static let fewCharacters = 120  // bullets, a page number: what is left where letters were made drawings
  private static let outlined = 200  // marks in rows: three lines of text; the labels of a chart are fewer

  /// Whether text is drawn as shapes: rows of marks as large as letters, under none of the few words.
  private func isOutlined(_ grey: RasterImage, _ resolution: Double) throws -> Bool {
    try LoneLetters.inRows(of: grey, resolution: resolution, words: layer.words.map(\.box)) >= Self.outlined
  }

  /// Whether the text's letters are there to be recognised: those of a damaged font are not drawn, and however broken
  /// their text is, it is all that there is of them.
  private func isDrawn(on grey: RasterImage, _ resolution: Double) throws -> Bool {
    let ink = try grey.thresholded(at: Self.ink)
    let scale = resolution / 72
    let step = max(layer.words.count / Self.wordsAsked, 1)
    let asked = stride(from: 0, to: layer.words.count, by: step).map { layer.words[$0].box }
    let drawn = try asked.count { box in
      let (left, top) = (Int(box.left * scale), Int(box.top * scale))
      let rect = PixelRect(
        left: left, top: top, width: max(Int(box.right * scale) - left, 1),
        height: max(Int(box.bottom * scale) - top, 1))
      return try ink.inkShare(in: rect) >= Self.leastInk
    }
    return Double(drawn) >= Self.leastDrawn * Double(asked.count)
  }

  /// Characters that mean something; "(cid:12)" is how some programs spell those that do not.
  private func mappedShare(_ plausibility: WordPlausibility) -> Double {
    guard layer.characterCount > 0 else { return 0 }
    let unmapped = layer.unmappedCount + plausibility.cidCharacters
    return max(1 - Double(unmapped) / Double(layer.characterCount), 0)
  }

  private static let grid = 64  // cells each way: areas of images may overlap, so they are counted on a grid

  private func imageCover() -> Double {
    guard !images.isEmpty, page.width > 0, page.height > 0 else { return 0 }
    var covered = [Bool](repeating: false, count: Self.grid * Self.grid)
    let (across, down) = (Double(Self.grid) / page.width, Double(Self.grid) / page.height)
    for box in images {
      let left = Self.cell(box.left * across), right = Self.cell(box.right * across - 0.5)
      let top = Self.cell(box.top * down), bottom = Self.cell(box.bottom * down - 0.5)
      guard left <= right, top <= bottom else { continue }
      for y in top...bottom { for x in left...right { covered[y * Self.grid + x] = true } }
    }
    return Double(covered.count { $0 }) / Double(covered.count)
  }

  private static func cell(_ value: Double) -> Int { Int(min(max(value, 0), Double(grid - 1))) }
}
