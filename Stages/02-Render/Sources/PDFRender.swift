import Contracts
import DocumentModel
import Leptonica
import Poppler
import QPDF
import StageKit

/// Draws one page of a PDF, or takes the image that it is, then reads its text.
struct PDFRender {
  let page: PopplerPage
  let options: RenderOptions
  /// What the page is made of, as far as qpdf can tell.
  let makeup: PageMakeup?
  let reader: PDFReader?
  /// Makes the page that is drawn in its stead, where the page itself would take too much.
  let harmless: () throws -> HarmlessPage?

  /// A page as pixels, however they came to be.
  private struct Pixels {
    let grey: RasterImage
    let resolution: Double
    let isNative: Bool
    let isScan: Bool
    /// The drawing; nil where the page's image was taken as it is.
    let drawing: CairoRaster?
    /// As small as the preview; nil where the page has no colour, or there is a drawing.
    let colour: RasterImage?
    var omissions: [RenderOutput.Omission] = []
  }

  func run(context: any StageContext) throws -> RenderOutput {
    let files = PageFiles(options: options, context: context)
    let taken = try taken(files)
    let harmless = taken == nil ? try harmless() : nil
    let drawn = harmless?.page ?? page
    var pixels = try taken ?? draw(drawn, DrawingPlan(page, stored: makeup?.images, options: options))
    context.progress(0.5)
    // What a harmless copy shows is all there but for fonts that were taken out. Of the page itself, which nobody has
    // drawn, Poppler would tell no text of annotations and fields.
    let isWhole = harmless.map { !$0.omissions.contains(.fontLeftOut) } ?? false
    let layer = (isWhole ? drawn : page).textLayer()
    if !layer.isConsistent {
      context.log(.warning, "The text layer has other letters than places for them: some words may stand wrongly.")
    }
    let images = try page.images(drawn: pixels.drawing, turn: layer.prevailingTurn)
    let verdict = try TextLayerJudge(layer: layer, images: images.map(\.box), page: page.size)
      .verdict(grey: pixels.grey, resolution: pixels.resolution)
    if verdict.judgement != .trusted, !pixels.isScan, try !pixels.grey.isBlank() {
      pixels = try draw(drawn, DrawingPlan(recognizing: page, options: options))
    }
    var omissions = harmless?.omissions ?? pixels.omissions
    if !omissions.isEmpty {
      let names = omissions.map(\.rawValue).joined(separator: ", ")
      context.log(.warning, "Drawing the page as it is would have taken too much: \(names).")
    }
    if let fault = pixels.drawing?.fault {
      omissions.append(.drawingIncomplete)
      context.log(.warning, "The page could not be drawn to its end: \(fault).")
    }
    if pixels.drawing?.lacksFont == true {
      omissions.append(.fontUnreadable)
      context.log(.warning, "A font of the page is damaged: its letters could not be drawn.")
    }
    return RenderOutput(
      size: page.size,
      raster: try files.raster(pixels.grey, resolution: pixels.resolution, native: pixels.isNative),
      preview: try preview(pixels, files),
      verdict: verdict, fonts: layer.fonts, words: layer.words.map(Word.init),
      images: images.map { ImageArea(box: $0.box, number: $0.id) },
      links: try page.links().compactMap(Contracts.PageLink.init),
      // What qpdf cannot read may have any fault.
      formFields: try formFields(pixels), omissions: omissions)
  }

  private static let lightestInk = 200  // grey: the thin rules of a box are drawn lighter than they are
  private static let fieldMargin = 1.0  // points: a box is drawn on the edge of its field

  private func formFields(_ pixels: Pixels) throws -> [Contracts.FormField] {
    // What qpdf cannot read may have any fault.
    let fields = try page.formFields(hasFullNames: makeup.map { !$0.hasEndlessField } ?? false)
    guard !fields.isEmpty else { return [] }
    let ink = try pixels.grey.thresholded(at: Self.lightestInk)
    return try fields.map { field in
      // A field may claim to be anywhere; where nothing of it is on the page, nothing of it shows.
      let scale = pixels.resolution / 72
      guard let box = field.box.insetBy(-Self.fieldMargin).intersection(page.size.bounds) else {
        return Contracts.FormField(field, isHidden: true)
      }
      let (left, top) = (Int(box.left * scale), Int(box.top * scale))
      let rect = PixelRect(
        left: left, top: top, width: Int(box.right * scale) - left, height: Int(box.bottom * scale) - top)
      return Contracts.FormField(field, isHidden: try ink.inkShare(in: rect) == 0)
    }
  }

  /// The page's pixels where it is nothing but an image.
  private func taken(_ files: PageFiles) throws -> Pixels? {
    guard let makeup, let reader, let lone = LoneImage(page, makeup, reader, dpi: Double(options.dpi)),
      let rasters = lone.rasters(previewFactor: files.previewFactor(lone.resolution))
    else { return nil }
    rasters.grey.setResolution(Int(lone.resolution.rounded()))
    return Pixels(
      grey: rasters.grey, resolution: lone.resolution, isNative: lone.isNative, isScan: true, drawing: nil,
      colour: rasters.colour, omissions: lone.isEnormous ? [.imageReduced] : [])
  }

  private func draw(_ page: PopplerPage, _ plan: DrawingPlan) throws -> Pixels {
    let raster = try page.render(resolution: plan.resolution)
    return Pixels(
      grey: try grey(raster, plan.resolution), resolution: plan.resolution, isNative: plan.isNative,
      isScan: plan.isScan, drawing: raster, colour: nil)
  }

  private func preview(_ pixels: Pixels, _ files: PageFiles) throws -> PageRaster {
    if let colour = pixels.colour { return try files.preview(colour, resolution: pixels.resolution, isReduced: true) }
    guard let drawing = pixels.drawing, !drawing.isColourless else {
      return try files.preview(pixels.grey, resolution: pixels.resolution)
    }
    let small = try drawing.withPixels {
      try RasterImage(
        xrgb: $0, width: drawing.width, height: drawing.height, bytesPerRow: drawing.bytesPerRow,
        resolution: Int(pixels.resolution.rounded()), reducedBy: files.previewFactor(pixels.resolution))
    }
    return try files.preview(small, resolution: pixels.resolution, isReduced: true)
  }

  private func grey(_ raster: CairoRaster, _ resolution: Double) throws -> RasterImage {
    try raster.withPixels {
      try RasterImage(
        xrgb: $0, width: raster.width, height: raster.height, bytesPerRow: raster.bytesPerRow,
        hasAlpha: raster.hasAlpha, resolution: Int(resolution.rounded()), as: .grey)
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
  fileprivate init(_ field: Poppler.FormField, isHidden: Bool) {
    let (kind, value): (Kind, String) =
      switch field.value {
      case .text(let text): (.text, text)
      case .checkBox(let isOn): (.checkbox, isOn ? "on" : "off")
      case .radioButton(let isOn): (.radio, isOn ? "on" : "off")
      case .choice(let chosen): (.choice, chosen.joined(separator: ", "))
      case .signature: (.signature, "")
      case .none: (.button, "")
      }
    let label = field.label.flatMap { $0.isEmpty || $0 == field.name ? nil : $0 }
    self.init(name: field.name ?? "", label: label, kind: kind, box: field.box, value: value, isHidden: isHidden)
  }
}
