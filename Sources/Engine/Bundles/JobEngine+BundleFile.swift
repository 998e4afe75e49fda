import Checkpoints
import Foundation
import Ledger
import StageKit

extension JobEngine {
  /// Packs a job into a file of this owner's.
  ///
  /// - Returns: the file's path; whoever asked removes it, else it goes with the owner.
  /// - Throws: as `BundleExporter.export`.
  package func packBundle(of job: JobRecord, history: Bool) async throws -> String {
    let folder = "\(self.folder.temporary(of: surroundings.owner))/bundle-\(UUID().uuidString)"
    try await BlockingWork.run {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    let path = folder + ".sheaf"
    let exporter = BundleExporter(program, self.folder, ledger, logger: surroundings.logger)
    defer { try? FileManager.default.removeItem(atPath: folder) }  // What is left goes with the owner.
    _ = try await exporter.export(job, history: history, scratch: folder, to: path)
    return path
  }
}
