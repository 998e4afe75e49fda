import Checkpoints
import Foundation
import Ledger
import StageKit

extension JobEngine {
  /// How many bytes of files go into a job's bundle: it takes no more than that, for it is compressed.
  package func bundleSize(of job: JobRecord, history: Bool) async throws -> Int {
    let id = job.manifest.id
    let keys = try await ledger.units(of: id).compactMap { $0.state == .done ? $0.key : nil }
    var files = Set(try await ledger.artifacts(keys: keys).values.flatMap(\.allFiles))
    if history {
      for entry in try await ledger.history(of: id, unit: nil) {
        files.formUnion([entry.record.file] + entry.record.files)
      }
    }
    return files.reduce(job.manifest.sourceLength) { $0 + $1.length }
  }

  /// Packs a job into a file of this owner's.
  ///
  /// - Returns: the file's path; whoever asked removes it, else it goes with the owner.
  /// - Throws: as `BundleExporter.export`.
  package func packBundle(of job: JobRecord, history: Bool) async throws -> (path: String, digest: Digest) {
    let folder = "\(self.folder.temporary(of: surroundings.owner))/bundle-\(UUID().uuidString)"
    try await BlockingWork.run {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    let path = folder + ".sheaf"
    let exporter = BundleExporter(program, self.folder, ledger, logger: surroundings.logger)
    defer { try? FileManager.default.removeItem(atPath: folder) }  // What is left goes with the owner.
    _ = try await exporter.export(job, history: history, scratch: folder, to: path)
    do {
      return (path, try await BlockingWork.run { try Digest(ofFile: path) })
    } catch {
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
  }
}
