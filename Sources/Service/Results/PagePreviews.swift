import Checkpoints
import Engine
import EventLoop
import StageKit

/// Page images as PNG, drawn in a worker when they are first asked for, and kept until the server ends.
struct PagePreviews: Sendable {
  /// Images kept: some ten megabytes of disk.
  private static let most = 500
  /// Workers that draw at once.
  private static let width = 2
  /// More than browsers show at once.
  private static let longestQueue = 2000

  private let files = MadeFiles<Digest>(most: most, width: width, longestQueue: longestQueue)

  /// - Throws: `StageFailure` where the raster cannot be drawn.
  func file(of raster: Digest, _ engine: JobEngine) async throws -> OpenFile {
    try await files.file(raster) { MadeFile(path: try await engine.drawPreview(of: raster)) }.file
  }
}
