import DocumentModel
import StageKit

/// The document cut into chunks for retrieval. Copies no text.
package struct ChunkingOutput: StageOutput, Hashable {
  package static let stage = StageID.chunking

  /// The counter that tokens were counted with.
  package let counter: String
  package let chunks: [Chunk]

  package init(counter: String, chunks: [Chunk]) {
    self.counter = counter
    self.chunks = chunks
  }

  package static let schema = Schema.object(
    "The document cut into chunks.",
    [
      .required("counter", .string("What tokens were counted with.")),
      .required("chunks", .list(Chunk.self, "Chunks, in reading order.")),
    ])
}
