import Checkpoints
import Engine
import EventLoop
import StageKit

/// Page images as PNG, drawn in a worker when they are first asked for, and kept until the server ends.
///
/// The one thing this actor guards: which are there, and how many are drawn at once.
actor PagePreviews {
  /// Images kept: some ten megabytes of disk.
  private static let most = 500
  /// Workers that draw at once.
  private static let width = 2

  private var kept: [Digest: String] = [:]
  private var order: [Digest] = []
  private var drawing: [Digest: Task<String, any Error>] = [:]
  private var busy = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// - Throws: `StageFailure` where the raster cannot be drawn.
  func file(of raster: Digest, _ engine: JobEngine) async throws -> OpenFile {
    if let path = kept[raster], let file = try? OpenFile(path: path) { return file }
    let task = drawing[raster] ?? Task { try await draw(raster, engine) }
    drawing[raster] = task
    let path = try await task.value
    return try OpenFile(path: path)
  }

  private func draw(_ raster: Digest, _ engine: JobEngine) async throws -> String {
    while busy >= Self.width { await withCheckedContinuation { waiting.append($0) } }
    busy += 1
    defer {
      busy -= 1
      drawing[raster] = nil
      if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
    let path = try await engine.drawPreview(of: raster)
    keep(raster, path)
    return path
  }

  private func keep(_ raster: Digest, _ path: String) {
    kept[raster] = path
    order.append(raster)
    guard order.count > Self.most else { return }
    let oldest = order.removeFirst()
    if let path = kept.removeValue(forKey: oldest) { PreviewFile.remove(path) }
  }
}
