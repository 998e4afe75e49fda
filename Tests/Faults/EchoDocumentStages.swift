import StageKit

struct EchoReadingOrder: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .document }

  func run(_ input: Upstream<EveryPage<Echo<AssemblyTag>>>, options: NoOptions, context: any StageContext) throws
    -> Echo<ReadingOrderTag>
  {
    let pages = input.needs
    let lines = try pages.pages.map { page in
      switch try pages.load(page: page) {
      case .value(let value): value.text
      case .gap(let code): "[page \(page): \(code.rawValue)]"
      }
    }
    return Echo(text: lines.joined(separator: "\n"))
  }
}

struct EchoSections: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .document }

  func run(_ input: Upstream<WholeDocument<Echo<ReadingOrderTag>>>, options: EchoOptions, context: any StageContext)
    throws -> Echo<SectionsTag>
  {
    let text = try input.needs.load().text
    for line in text.split(separator: "\n") where line.contains("#sections-fail") {
      throw StageFailure(.engineFailed, "The test said so: \(line)")
    }
    return Echo(text: options.suffix)
  }
}

struct EchoClassification: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .document }

  func run(_ input: Upstream<WholeDocument<Echo<ReadingOrderTag>>>, options: NoOptions, context: any StageContext)
    throws -> Echo<ClassificationTag>
  {
    if try input.needs.load().text.contains("#classification-fail") {
      throw StageFailure(.engineFailed, "The test said so.")
    }
    return Echo(text: "other")
  }
}

struct EchoExtraction: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .document }

  func run(
    _ input: Upstream<WholeDocument<Echo<ReadingOrderTag>>, WholeDocumentIfAny<Echo<ClassificationTag>>>,
    options: NoOptions, context: any StageContext
  ) throws -> Echo<ExtractionTag> { Echo(text: "nothing") }
}

struct EchoChunking: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .document }

  func run(_ input: Upstream<WholeDocument<Echo<ReadingOrderTag>>>, options: NoOptions, context: any StageContext)
    throws -> Echo<ChunkingTag>
  { Echo(text: "1 chunk") }
}

struct EchoEnrichment: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .document }
  static var consults: ModelConsultation { ModelConsultation(text: ["ask"]) }

  func run(
    _ input: Upstream<WholeDocumentIfAny<Echo<ChunkingTag>>>, options: EchoModelOptions, context: any StageContext
  ) throws -> Echo<EnrichmentTag> {
    guard let model = context.languageModel else { return Echo(text: "en") }
    do {
      return Echo(text: "\(model.name): \(try model.answer(prompt: "What?", schema: nil))")
    } catch let failure as StageFailure {
      return Echo(text: failure.code.rawValue)
    }
  }
}

struct EchoMarkdown: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .format }
  static var format: ExportFormat? { .markdown }

  func run(
    _ input: Upstream<
      WholeDocument<Echo<ReadingOrderTag>>, WholeDocument<Echo<SectionsTag>>,
      WholeDocumentIfAny<Echo<ClassificationTag>>, WholeDocumentIfAny<Echo<EnrichmentTag>>
    >, options: EchoOptions, context: any StageContext
  ) throws -> Echo<ExportTag> {
    let (order, sections, type, _) = input.needs
    let class_ = try type.load().value?.text ?? "unknown"
    let output = try context.makeFile(named: "md/document.md")
    try output.write("# \(class_)\(try sections.load().text)\n\n\(try order.load().text)\n")
    return Echo(
      text: "", files: [EchoFile(file: "md/document.md", suffix: ".md", mediaType: "text/markdown")])
  }
}

struct EchoText: Stage {
  static var version: Int { 1 }
  static var scope: StageScope { .format }
  static var format: ExportFormat? { .text }

  func run(_ input: Upstream<WholeDocument<Echo<ReadingOrderTag>>>, options: NoOptions, context: any StageContext)
    throws -> Echo<ExportTag>
  {
    let text = try input.needs.load().text
    if text.contains("#text-fail") { throw StageFailure(.engineFailed, "The test said so.") }
    let output = try context.makeFile(named: "txt/document.txt")
    try output.write(text + "\n")
    return Echo(text: "", files: [EchoFile(file: "txt/document.txt", suffix: ".txt", mediaType: "text/plain")])
  }
}
