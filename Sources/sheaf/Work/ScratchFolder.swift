import Foundation
import StageKit

/// A folder for the time of one command, outside every data folder, gone when it goes out of scope.
final class ScratchFolder: Sendable {
  let path: String

  /// - Throws: `StageFailure` with `input_output`.
  init(_ purpose: String) throws(StageFailure) {
    let base = FileManager.default.temporaryDirectory.path
    path = "\(base)/sheaf-\(purpose)-\(UUID().uuidString.lowercased())"
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw StageFailure(
        .inputOutput, "There is no room for temporary files in \(base).", hint: "Set TMPDIR to a folder with room.")
    }
  }

  deinit {
    // What cannot be removed stays where temporary files are cleared away.
    try? FileManager.default.removeItem(atPath: path)
  }
}
