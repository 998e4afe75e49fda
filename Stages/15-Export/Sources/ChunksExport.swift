import CanonicalJSON
import Contracts
import DocumentModel
import StageKit

/// Stage 15 for chunks: one JSON object a line, for retrieval.
package struct ChunksExport: Stage {
  package typealias Input = Upstream<
    EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>, WholeDocument<SectionsOutput>,
    WholeDocument<ChunkingOutput>, WholeDocumentIfAny<EnrichmentOutput>
  >
  package typealias Options = NoOptions
  package typealias Output = ExportOutput

  package static var version: Int { 5 }
  package static var scope: StageScope { .format }
  package static var format: ExportFormat? { .chunks }

  package init() {}

  package func run(_ input: Input, options: NoOptions, context: any StageContext) throws -> ExportOutput {
    let (pages, order, sections, chunking, enrichment) = input.needs
    let content = ContentReader(try order.load(), try sections.load(), reader: ElementReader(pages))
    let chunks = try chunking.load().chunks
    let vectors = try enrichment.load().value?.embeddings ?? []
    let file = try TextFile("chunks/document.chunks.jsonl", context)
    var text = ChunkText(content: content, headings: try sections.load().headings)
    for (index, chunk) in chunks.enumerated() {
      if index % 64 == 0 { context.progress(Double(index) / Double(chunks.count)) }
      // Vectors without a one-to-one chunk would be somebody else's.
      let vector = vectors.count == chunks.count ? vectors[index] : nil
      try file.put(tagged: try text.value(chunk, vector: vector).canonicalBytes)
      try file.write("\n")
    }
    try file.finish()
    return ExportOutput(
      format: .chunks,
      files: [file.exported(".chunks.jsonl", "application/jsonl")])
  }
}
