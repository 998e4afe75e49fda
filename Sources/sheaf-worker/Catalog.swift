import Assembly
import Chunking
import Classification
import Contracts
import Enrichment
import Export
import Extraction
import Figures
import Ingest
import Layout
import OCR
import ReadingOrder
import Regions
import Render
import Sections
import StageKit
import Tables

/// The fifteen stages, in order. Adding one is a row here and a row in Package.swift.
enum Catalog {
  static func stages() throws -> [AnyStage] {
    try [
      AnyStage(IngestStage.self, part: IngestPage.self),
      AnyStage(RenderStage.self),
      AnyStage(OCRStage.self),
      AnyStage(LayoutStage.self),
      AnyStage(RegionsStage.self, part: RegionsPage.self),
      AnyStage(TablesStage.self),
      AnyStage(FiguresStage.self),
      AnyStage(AssemblyStage.self),
      AnyStage(ReadingOrderStage.self),
      AnyStage(SectionsStage.self),
      AnyStage(ClassificationStage.self),
      AnyStage(ExtractionStage.self),
      AnyStage(ChunkingStage.self),
      AnyStage(EnrichmentStage.self),
      AnyStage(MarkdownExport.self),
      AnyStage(HTMLExport.self),
      AnyStage(JSONExport.self),
      AnyStage(TextExport.self),
      AnyStage(CSVExport.self),
      AnyStage(ChunksExport.self),
      AnyStage(HOCRExport.self),
      AnyStage(PDFExport.self),
      AnyStage(FieldsExport.self),
    ]
  }
}
