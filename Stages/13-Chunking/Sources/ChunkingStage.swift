import Contracts
import DocumentModel
import StageKit

/// Stage 13: cuts the document into chunks for retrieval.
package struct ChunkingStage: Stage {
  package typealias Input = Upstream<
    EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>, WholeDocument<SectionsOutput>
  >
  package typealias Options = ChunkingOptions
  package typealias Output = ChunkingOutput

  package static var version: Int { 3 }
  package static var scope: StageScope { .document }

  package init() {}

  package func run(_ input: Input, options: ChunkingOptions, context: any StageContext) throws -> ChunkingOutput {
    let (pages, order, sections) = input.needs
    let entries = try order.load().entries
    let tree = try sections.load()
    let stretches = SectionStretch.outermost(tree, entries: entries.count)
    let reader = PassageReader(entries, reader: ElementReader(pages), counter: options.counter.counter)
    let chunker = Chunker(reader: reader, options: options) { entry in
      if entry % Self.entriesPerTick == 0 { context.progress(Double(entry) / Double(entries.count)) }
    }
    let chunks = try chunker.drafts(stretches).map { draft in
      let spans = draft.sortedSpans
      // A heading that stands alone, since what follows fits nowhere beside it, is not led to by the headings after it.
      let last = spans.last?.entry ?? 0
      let path = draft.path.filter { tree.headings[$0].entry <= last }
      return Chunk(
        id: Self.id(spans, of: context.source), spans: spans, headings: path, tokens: draft.tokens,
        pages: draft.sortedPages)
    }
    return ChunkingOutput(counter: options.counter.rawValue, chunks: chunks)
  }

  /// Names a chunk by the document and the places it is made of: no two chunks share all of them, and a chunk keeps its
  /// id when others change.
  private static func id(_ spans: [ChunkSpan], of source: Digest) -> String {
    var text = source.hex
    for span in spans { text += " \(span.entry):\(span.start)-\(span.end)" }
    return String(Digest(of: text.utf8).hex.prefix(idLength))
  }

  private static let idLength = 16  // hexadecimal digits: 64 bits, enough for billions of chunks
  private static let entriesPerTick = 50  // entries: a page or two
}
