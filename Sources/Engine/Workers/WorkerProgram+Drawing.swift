import CanonicalJSON
import StageKit
import WorkerChannel

extension WorkerProgram {
  /// Draws over a page's raster in a worker of its own.
  ///
  /// - Parameter target: open for writing; takes a PNG, and stays the caller's.
  /// - Throws: `StageFailure` where the raster cannot be drawn on.
  package func draw(_ drawing: PageDrawing, over raster: InputFile, into target: Int32) async throws {
    let process = try await start("draw")
    let order = try CanonicalEncoder().encode(drawing)
    let page = OpenRaster(file: raster)
    try await BlockingWork.run {
      defer { process.kill() }
      let deadline = ContinuousClock.now + .seconds(60)
      try process.channel.send(order, descriptor: page.file.descriptor, deadline: deadline)
      try process.channel.send([], descriptor: target, deadline: deadline)
      guard let answer = try process.channel.receive(deadline: deadline) else {
        throw StageFailure(.crashed, "The worker that draws ended before it was done.")
      }
      if !answer.bytes.isEmpty { throw try CanonicalDecoder().decode(StageFailure.self, from: answer.bytes) }
    }
  }

  /// `@unchecked Sendable`: the descriptor is only read, by the one thread that the caller waits for.
  private struct OpenRaster: @unchecked Sendable {
    let file: InputFile
  }
}
