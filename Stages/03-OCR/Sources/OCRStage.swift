import Contracts
import DocumentModel
import Leptonica
import StageKit
import Tesseract

/// Stage 3: the words of one page, from its text layer, from its pixels, or from both.
package struct OCRStage: Stage {
  package typealias Input = Upstream<SamePage<RenderOutput>>
  package typealias Output = OCROutput

  package static var version: Int { 15 }
  package static var scope: StageScope { .page }

  package static func ingredients() throws -> StageIngredients {
    StageIngredients(
      engines: ["leptonica": LeptonicaVersion.text, "tesseract": TesseractEngine.version],
      rules: LanguageData.orientation.map { ["osd": $0] } ?? [:], languageData: LanguageData.digests,
      languageOption: "languages")
  }

  package init() {}

  package func run(_ input: Input, options: OCROptions, context: any StageContext) throws -> OCROutput {
    let rendered = input.needs
    let render = try rendered.load()
    return FormMarks.completing(try words(rendered, render, options, context), with: render.formFields)
  }

  private func words(
    _ rendered: SamePage<RenderOutput>, _ render: RenderOutput, _ options: OCROptions, _ context: any StageContext
  ) throws -> OCROutput {
    switch (options.mode, render.verdict.judgement) {
    case (.never, _), (.auto, .trusted): return try TextLayer.output(render, raster: rendered.file(render.raster.file))
    case (.auto, .partial) where !render.words.isEmpty:
      return try PageRecognition(render, options, context).complete(rendered.file(render.raster.file))
    case (.auto, let judgement):
      return try PageRecognition(render, options, context).whole(
        rendered.file(render.raster.file), mayConfirm: judgement == .broken)
    case (.always, _):
      return try PageRecognition(render, options, context).whole(
        rendered.file(render.raster.file), mayConfirm: false)
    }
  }
}
