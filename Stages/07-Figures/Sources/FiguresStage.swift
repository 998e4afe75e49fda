import Contracts
import DocumentModel
import Leptonica
import Poppler
import QPDF
import StageKit

/// Finds a page's pictures, keeps them as files and links their captions.
package struct FiguresStage: Stage {
  package typealias Input = Upstream<
    SourceDocument, SamePage<IngestPage>, SamePage<RenderOutput>, SamePage<LayoutOutput>, SamePage<RegionsPage>
  >

  package static let version = 6
  package static let scope = StageScope.page

  package static func ingredients() throws -> StageIngredients {
    StageIngredients(engines: ["leptonica": LeptonicaVersion.text, "poppler": PopplerVersion.text])
  }

  package init() {}

  package func run(_ input: Input, options: FiguresOptions, context: any StageContext) throws -> FiguresOutput {
    let (document, ingest, render, layout, regions) = input.needs
    let page = try ingest.load()
    let rendered = try render.load()
    let areas = try regions.load()
    let finder = FigureFinder(
      render: rendered, layout: try layout.load(), regions: areas, isImageDocument: page.pixels != nil)
    let drafts = finder.find()
    let captions = CaptionLinks(regions: areas.regions, words: rendered.words).captions(
      of: drafts.map { ($0.kind, $0.box) })
    let found = zip(drafts, captions).map { finder.settled($0, hasCaption: $1 != nil) }

    var fetch: PictureFetch?
    var figures: [Figure] = []
    var files = 0
    for (index, entry) in found.enumerated() {
      var picture: (name: String, file: PictureFile)?
      if options.extract, entry.kind != .decoration {
        let ready =
          try fetch
          ?? PictureFetch(
            // What would have taken too much there would here, too.
            source: rendered.isDrawable
              ? Self.open(document, page: page, context: context) : Self.raster(of: render, rendered),
            rendered: Self.raster(of: render, rendered), resolution: Double(options.resolution))
        fetch = ready
        files += 1
        picture = try Self.write(entry, with: ready, number: files, quality: options.quality, context: context)
      }
      figures.append(
        Figure(
          kind: entry.kind, box: entry.box, file: picture?.name, mediaType: picture?.file.mediaType,
          pixels: picture.map { PixelSize(width: $0.file.width, height: $0.file.height) }, caption: captions[index],
          lines: entry.lines))
      context.progress(Double(index + 1) / Double(found.count))
    }
    return FiguresOutput(figures: figures)
  }

  private static let pixelLimit = 120_000_000  // of an image document's page: ingest lets no more through

  private static func open(_ document: SourceDocument, page: IngestPage, context: any StageContext) throws
    -> any PictureSource
  {
    let file = try document.open()
    if page.pixels != nil {
      let image = try file.withBytes { try RasterImage.decode($0, page: page.number - 1, pixelLimit: pixelLimit) }
      return ImagePictures(image: image, page: page.size)
    }
    let pdf = try context.warm("\(context.source)") {
      try PopplerDocument(descriptor: file.descriptor, password: context.password)
    }
    let objects = try context.warm("\(context.source)") {
      PDFObjects(descriptor: file.descriptor, password: context.password)
    }
    return PDFPictures(page: try pdf.page(page.number), objects: objects)
  }

  private static func raster(of render: SamePage<RenderOutput>, _ output: RenderOutput) throws -> ImagePictures {
    let file = try render.file(output.raster.file)
    let image = try RasterImage.readRaster(from: file.descriptor, pixelLimit: pixelLimit)
    return ImagePictures(image: image, page: output.size)
  }

  /// Writes one picture; one that cannot be had is told without a file.
  private static func write(
    _ entry: FigureFinder.Found, with fetch: PictureFetch, number: Int, quality: Int, context: any StageContext
  ) throws -> (name: String, file: PictureFile)? {
    let picture: PictureFile
    do {
      picture = try PictureFile(fetch.picture(of: entry), quality: quality)
    } catch let failure as PopplerFailure {
      context.log(.warning, "A picture could not be read: \(failure)")
      return nil
    } catch let failure as RasterFailure {
      context.log(.warning, "A picture could not be read: \(failure)")
      return nil
    }
    let digits = number < 10 ? "0\(number)" : "\(number)"
    let name = "\(context.unit.basename)-figure-\(digits).\(picture.suffix)"
    let file = try context.makeFile(named: name)
    try file.write(picture.bytes)
    _ = try file.finish()
    return (name, picture)
  }
}
