import StageKit

struct EchoIngest: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .documentWithParts }

  func run(_ input: Upstream<SourceDocument>, options: EchoOptions, context: any StageContext) throws -> Echo<IngestTag>
  {
    let document = try input.needs.open()
    let (password, pages) = try TestPage.read(document)
    for number in 1...pages.count {
      if context.unreadablePages.contains(number) {
        try context.emit(gap: .pageUnreadable, page: number)
        continue
      }
      try context.entering(page: number)
      let page = try TestPage.page(number, of: document, context)
      try page.perform(context)
      try context.emit(part: Echo<IngestTag>(text: "page \(number)\(options.suffix)"), page: number)
    }
    return Echo(text: "\(pages.count) pages", encrypted: password != nil)
  }
}

struct EchoRender: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .page }

  func run(
    _ input: Upstream<SourceDocument, SamePage<Echo<IngestTag>>>, options: EchoOptions, context: any StageContext
  ) throws -> Echo<RenderTag> {
    let (document, ingest) = input.needs
    _ = try ingest.load()
    let page = try TestPage.page(context.unit.page ?? 0, of: document.open(), context)
    try page.perform(context)
    let raster = try context.makeFile(named: context.unit.basename + ".pgm")
    try raster.write("pixels of \(page.text)")
    return Echo(text: page.text + options.suffix)
  }
}

struct EchoOCR: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .page }

  func run(
    _ input: Upstream<SourceDocument, SamePage<Echo<RenderTag>>>, options: EchoOptions, context: any StageContext
  ) throws -> Echo<OCRTag> {
    let (document, render) = input.needs
    try TestPage.page(context.unit.page ?? 0, of: document.open(), context).perform(context)
    _ = try render.file(context.unit.basename + ".pgm").bytes()
    return Echo(text: try render.load().text + options.suffix)
  }
}

struct EchoLayout: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .page }

  func run(
    _ input: Upstream<SamePage<Echo<RenderTag>>, SamePage<Echo<OCRTag>>>, options: NoOptions, context: any StageContext
  ) throws -> Echo<LayoutTag> {
    let (_, words) = input.needs
    // Like the real one it holds no text, so that a corrected word changes nothing here.
    return Echo(text: "\(try words.load().text.split(separator: " ").count) words")
  }
}

struct EchoRegions: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .documentWithParts }

  func run(
    _ input: Upstream<EveryPage<Echo<OCRTag>>, EveryPage<Echo<LayoutTag>>>, options: NoOptions,
    context: any StageContext
  ) throws -> Echo<RegionsTag> {
    let (words, layout) = input.needs
    var pages = 0
    for page in layout.pages {
      guard case .value(let lines) = try layout.load(page: page), case .value = try words.load(page: page) else {
        continue
      }
      pages += 1
      try context.emit(part: Echo<RegionsTag>(text: lines.text), page: page)
    }
    return Echo(text: "\(pages) pages with regions")
  }
}

struct EchoTables: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .page }

  func run(
    _ input: Upstream<SourceDocument, SamePage<Echo<OCRTag>>, SamePage<Echo<RegionsTag>>>, options: EchoOptions,
    context: any StageContext
  ) throws -> Echo<TablesTag> {
    let (document, words, regions) = input.needs
    try TestPage.page(context.unit.page ?? 0, of: document.open(), context).perform(context)
    _ = try regions.load()
    return Echo(text: "tables of " + (try words.load().text) + options.suffix)
  }
}

struct EchoFigures: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .page }

  func run(_ input: Upstream<SamePage<Echo<RegionsTag>>>, options: NoOptions, context: any StageContext) throws
    -> Echo<FiguresTag>
  {
    let text = try input.needs.load().text
    let figure = try context.makeFile(named: context.unit.basename + "-figure-01.txt")
    try figure.write(text)
    return Echo(text: text)
  }
}

struct EchoAssembly: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .page }

  func run(
    _ input: Upstream<
      SamePage<Echo<OCRTag>>, SamePage<Echo<RegionsTag>>, SamePageIfAny<Echo<TablesTag>>,
      SamePageIfAny<Echo<FiguresTag>>
    >, options: NoOptions, context: any StageContext
  ) throws -> Echo<AssemblyTag> {
    let (words, _, tables, _) = input.needs
    let table = try tables.load().value == nil ? "" : " with tables"
    return Echo(text: try words.load().text + table)
  }
}
