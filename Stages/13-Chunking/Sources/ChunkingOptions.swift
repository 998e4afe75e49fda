import StageKit

/// The options of chunking.
package struct ChunkingOptions: StageOptions {
  /// The most tokens in a chunk.
  package var size = 512
  /// How many tokens of the chunk before a chunk may repeat, in whole sentences; at most half of `size` is.
  package var overlap = 48
  package var counter = TokenCounterName.wordPieces

  package init() {}

  package static var descriptors: [OptionDescriptor] {
    [
      .integer("size", 512, 16...65_536, "The most tokens in a chunk."),
      .integer("overlap", 48, 0...32_768, "How many tokens of the chunk before a chunk repeats, in whole sentences."),
      .choice("counter", TokenCounterName.wordPieces, "What tokens are counted with."),
    ]
  }
}
