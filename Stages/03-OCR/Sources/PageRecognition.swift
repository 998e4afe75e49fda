import Contracts
import DocumentModel
import Leptonica
import StageKit
import Tesseract

/// Recognises a page or those parts of it that its text layer leaves out.
struct PageRecognition {
  private let render: RenderOutput
  private let options: OCROptions
  private let engines: WarmEngines

  /// - Throws: `StageFailure` with `language_data_missing`.
  init(_ render: RenderOutput, _ options: OCROptions, _ context: any StageContext) throws {
    self.render = render
    self.options = options
    engines = WarmEngines(choice: try LanguageChoice(option: options.languages), context: context)
  }

  /// Reads the whole page; the text layer is left aside.
  ///
  /// - Parameter mayConfirm: whether a text layer that the page then turns out to show is taken after all.
  func whole(_ file: InputFile, mayConfirm: Bool) throws -> OCROutput {
    let (outcome, grey) = try readable {
      let grey = try raster(file)
      return (try reader.read(try grey.image(), levels: levels(grey)), grey)
    }
    let words = RecognizedWords.words(outcome.words)
    if mayConfirm, LayerCheck.confirms(render.words, read: words) {
      return OCROutput(
        source: .textLayer, turn: TextLayer.turn(of: render.words), languages: outcome.languages,
        passes: outcome.passes, fonts: render.fonts, words: typed(grey))
    }
    return OCROutput(
      source: outcome.passes == 0 ? .none : .recognition, turn: outcome.turn, skew: -outcome.correction,
      languages: outcome.languages, passes: outcome.passes, fonts: [], words: words)
  }

  private static let margin = 1.0  // points around a typed word that belong to it

  /// Takes the text layer, and reads what its words leave of the image areas.
  func complete(_ file: InputFile) throws -> OCROutput {
    let typed = render.words.map { $0.box.insetBy(-Self.margin) }
    let turn = TextLayer.turn(of: render.words)
    let (outcome, grey) = try readable {
      let grey = try raster(file)
      let whole = try grey.image()
      let mapping = PixelMapping(page: render.size, raster: whole.bounds, turn: .none, correction: 0, scale: 1)
      let areas = try whole.keeping(render.images.map { mapping.rect($0.box) }).whitened(typed.map(mapping.rect))
      return (try reader.read(areas, levels: levels(grey), expected: turn), grey)
    }
    let grid = CoverageGrid(page: render.size, boxes: typed)
    let fresh = outcome.words.filter { !grid.coversCentre(of: $0.box) && $0.word.confidence.value >= Self.leastBeside }
    let words = RecognizedWords.words(fresh)
    let isMostlyTyped = Self.letters(render.words) >= Self.letters(words)
    return OCROutput(
      source: words.isEmpty ? .textLayer : .both, turn: isMostlyTyped ? turn : outcome.turn,
      skew: isMostlyTyped ? 0 : -outcome.correction,
      languages: outcome.languages, passes: outcome.passes, fonts: render.fonts, words: self.typed(grey) + words)
  }

  /// The text layer's words with the bullets that the page draws as shapes.
  private func typed(_ grey: GreyRaster) -> [Word] {
    DrawnBullets.completing(render.words, page: render.size, raster: grey)
  }

  private static let leastBeside = 0.5  // confidence of a word in a picture: photographs yield letters too

  private static func letters(_ words: [Word]) -> Int { words.reduce(0) { $0 + $1.text.unicodeScalars.count } }

  private var reader: ScanReader {
    let context = engines.context
    return ScanReader(page: render.size, options: options, engines: engines) { context.progress($0) }
  }

  private func raster(_ file: InputFile) throws -> GreyRaster { try PageRasterFile.grey(render.raster, file) }

  private func levels(_ raster: GreyRaster) -> GreyLevels {
    let width = raster.width
    return raster.pixels.withUnsafeBytes { pixels in
      GreyLevels(width: width, height: raster.height) { row in
        UnsafeRawBufferPointer(rebasing: pixels[(row * width)..<((row + 1) * width)])
      }
    }
  }

  /// Puts the doors' failures into the words of a stage.
  private func readable<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try PageRasterFile.readable(body)
    } catch let failure as TesseractFailure {
      throw StageFailure(.engineFailed, "The page could not be recognised: \(failure).")
    }
  }
}
