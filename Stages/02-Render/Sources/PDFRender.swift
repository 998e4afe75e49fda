import Contracts
import DocumentModel
import Leptonica
import Poppler
import StageKit

/// Draws one page of a PDF, then reads its text, which the drawing has prepared.
struct PDFRender {
  let page: PopplerPage
  let options: RenderOptions

  func run(context: any StageContext) throws -> RenderOutput {
    var plan = DrawingPlan(page, options: options)
    var drawn = try draw(plan)
    context.progress(0.5)
    let layer = page.textLayer()
    let images = try page.images(drawn: drawn.raster)
    let verdict = try TextLayerJudge(layer: layer, images: images.map(\.box), page: page.size)
      .verdict(grey: drawn.grey, resolution: plan.resolution)
    if verdict.judgement != .trusted, !plan.isScan, try !drawn.grey.isBlank() {
      plan = DrawingPlan(recognizing: page, options: options)
      drawn = try draw(plan)
    }
    let files = PageFiles(options: options, context: context)
    return RenderOutput(
      size: page.size,
      raster: try files.raster(drawn.grey, resolution: plan.resolution, native: plan.isNative),
      preview: try files.preview(
        drawn.raster.isColourless ? drawn.grey : image(drawn.raster, plan, as: .rgb), resolution: plan.resolution),
      verdict: verdict, fonts: layer.fonts, words: layer.words.map(Word.init),
      images: images.map { ImageArea(box: $0.box, number: $0.id) },
      links: try page.links().compactMap(Contracts.PageLink.init),
      formFields: try page.formFields().map(Contracts.FormField.init))
  }

  private func draw(_ plan: DrawingPlan) throws -> (raster: CairoRaster, grey: RasterImage) {
    let raster = try page.render(resolution: plan.resolution)
    return (raster, try image(raster, plan, as: .grey))
  }

  private func image(_ raster: CairoRaster, _ plan: DrawingPlan, as target: RasterImage.Target) throws -> RasterImage {
    try raster.withPixels {
      try RasterImage(
        xrgb: $0, width: raster.width, height: raster.height, bytesPerRow: raster.bytesPerRow,
        hasAlpha: raster.hasAlpha, resolution: Int(plan.resolution.rounded()), as: target)
    }
  }
}

extension Word {
  fileprivate init(_ word: TextLayerWord) {
    self.init(
      text: word.text, box: word.box, source: .textLayer, font: word.font, size: word.size, turn: word.turn,
      color: word.color, joinsNext: word.joinsNext)
  }
}

extension Contracts.PageLink {
  /// Nil for what leads nowhere that can be told.
  fileprivate init?(_ link: Poppler.PageLink) {
    switch link.target {
    case .uri(let address): self.init(box: link.box, target: address)
    case .page(let number, _): self.init(box: link.box, target: "#page=\(number)")
    case .other: return nil
    }
  }
}

extension Contracts.FormField {
  fileprivate init(_ field: Poppler.FormField) {
    let (kind, value): (Kind, String) =
      switch field.value {
      case .text(let text): (.text, text)
      case .checkBox(let isOn): (.checkbox, isOn ? "on" : "off")
      case .radioButton(let isOn): (.radio, isOn ? "on" : "off")
      case .choice(let chosen): (.choice, chosen.joined(separator: ", "))
      case .signature: (.signature, "")
      case .none: (.button, "")
      }
    self.init(name: field.name ?? "", kind: kind, box: field.box, value: value)
  }
}
