import StageKit
import WorkerRuntime

/// A worker with fifteen small stages that do what a test document tells them.
///
/// The document is text, one page a line: `some words !ocr=crash !tables=hang@/path/of/marker`. A directive names a
/// stage and what it does on that page: see `FaultAction`. With a marker it happens only as long as that file is not
/// there; the stage makes it. A first line `%password word` guards the document.
@main
struct FaultWorker {
  static func main() {
    WorkerProgramMain.run {
      try [
        AnyStage(EchoIngest.self, part: Echo<IngestTag>.self),
        AnyStage(EchoRender.self), AnyStage(EchoOCR.self), AnyStage(EchoLayout.self),
        AnyStage(EchoRegions.self, part: Echo<RegionsTag>.self),
        AnyStage(EchoTables.self), AnyStage(EchoFigures.self), AnyStage(EchoAssembly.self),
        AnyStage(EchoReadingOrder.self), AnyStage(EchoSections.self), AnyStage(EchoClassification.self),
        AnyStage(EchoExtraction.self), AnyStage(EchoChunking.self), AnyStage(EchoEnrichment.self),
        AnyStage(EchoMarkdown.self), AnyStage(EchoText.self),
      ]
    }
  }
}
