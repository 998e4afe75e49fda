import StageKit

/// Gives an output type its stage.
protocol StageTag: Sendable {
  static var stage: StageID { get }
}

/// What a stage of this worker leaves: some text, and whether the document was guarded.
struct Echo<Tag: StageTag>: StageOutput {
  static var stage: StageID { Tag.stage }
  let text: String
  var encrypted: Bool?
  var files: [EchoFile]?

  static var schema: Schema {
    .object(
      "Echo.",
      [
        .required("text", .string("Text.")), .optional("encrypted", .flag("Whether guarded.")),
        .optional("files", .array("Files.", of: .any("A file."))),
      ])
  }
}

/// A file of an export, in the shape that deliveries read.
struct EchoFile: Codable, Sendable {
  let file: String
  let suffix: String
  let mediaType: String
}

enum IngestTag: StageTag { static var stage: StageID { .ingest } }
enum RenderTag: StageTag { static var stage: StageID { .render } }
enum OCRTag: StageTag { static var stage: StageID { .ocr } }
enum LayoutTag: StageTag { static var stage: StageID { .layout } }
enum RegionsTag: StageTag { static var stage: StageID { .regions } }
enum TablesTag: StageTag { static var stage: StageID { .tables } }
enum FiguresTag: StageTag { static var stage: StageID { .figures } }
enum AssemblyTag: StageTag { static var stage: StageID { .assembly } }
enum ReadingOrderTag: StageTag { static var stage: StageID { .readingOrder } }
enum SectionsTag: StageTag { static var stage: StageID { .sections } }
enum ClassificationTag: StageTag { static var stage: StageID { .classification } }
enum ExtractionTag: StageTag { static var stage: StageID { .extraction } }
enum ChunkingTag: StageTag { static var stage: StageID { .chunking } }
enum EnrichmentTag: StageTag { static var stage: StageID { .enrichment } }
enum ExportTag: StageTag { static var stage: StageID { .export } }
