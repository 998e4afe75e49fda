import Checkpoints
import Foundation
import StageKit

extension JobEngine {
  /// Draws a page's raster as PNG into a file of this owner's, in a worker of its own.
  ///
  /// - Returns: the file's path; it goes with the owner unless it is removed before.
  /// - Throws: `StageFailure` with `checkpoint_corrupt` where the raster is gone, or where it cannot be drawn.
  package func drawPreview(of raster: Digest) async throws -> String {
    let (store, folder) = (surroundings.store, "\(folder.temporary(of: surroundings.owner))/previews")
    let path = "\(folder)/\(raster.hex).png"
    let target = try await BlockingWork.run {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      guard FileManager.default.createFile(atPath: path, contents: nil),
        let handle = FileHandle(forUpdatingAtPath: path)
      else { throw StageFailure(.inputOutput, "The page's image could not be written.", retryable: true) }
      return handle
    }
    defer { try? target.close() }  // Nothing is left to be written.
    try await program.draw(.plain, over: store.get(raster), into: target.fileDescriptor)
    return path
  }
}

/// The file of a preview.
package enum PreviewFile {
  /// What cannot be removed goes with its owner's folder.
  package static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
