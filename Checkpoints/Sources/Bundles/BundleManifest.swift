import CanonicalJSON
import StageKit

/// What stands first in a bundle: every other file in order, with digest and length.
package struct BundleManifest: Codable, Sendable, Hashable {
  package let format: String
  package let job: JobID
  /// Ascending by path.
  package let files: [BundleEntry]

  package static let currentFormat = "sheaf.bundle/1"

  package init(job: JobID, files: [BundleEntry]) {
    format = Self.currentFormat
    self.job = job
    self.files = files.sorted { $0.path < $1.path }
  }

  /// Reads a manifest that anybody may have written.
  ///
  /// - Throws: `StageFailure` with `bundle_invalid` that says what is wrong with it.
  package init(_ bytes: [UInt8], limits: BundleLimits) throws(StageFailure) {
    guard bytes.count <= limits.manifestBytes else { throw .bundle("Its manifest is too long.") }
    let manifest: BundleManifest
    do { manifest = try CanonicalDecoder().decode(BundleManifest.self, from: bytes) } catch {
      throw .bundle("Its manifest cannot be read.")
    }
    guard manifest.format == Self.currentFormat else {
      throw .bundle(
        "It has the format \"\(manifest.format.prefix(40))\".", hint: "This Sheaf reads \(Self.currentFormat).")
    }
    self = manifest
    try check(limits)
  }

  /// Bytes of all files.
  package var length: Int { files.reduce(0) { $0 + $1.length } }

  package func entry(_ path: BundlePath) -> BundleEntry? { files.first { $0.path == path } }

  private func check(_ limits: BundleLimits) throws(StageFailure) {
    var last = BundlePath.manifest
    var total = 0
    for file in files {
      guard last < file.path else { throw .bundle("Its manifest names \(file.path) out of order or twice.") }
      last = file.path
      guard file.path.digest == nil || file.path.digest == file.digest else {
        throw .bundle("Its manifest gives \(file.path) another digest than its name.")
      }
      guard (0...limits.fileBytes).contains(file.length), file.length <= limits.totalBytes - total else {
        throw .bundle("It would unpack to more than \(limits.totalBytes) bytes, or one file to more than may be.")
      }
      total += file.length
    }
    guard entry(.job) != nil, entry(.ledger) != nil else { throw .bundle("It lacks job.json or ledger.json.") }
  }
}

extension StageFailure {
  /// What is wrong with a bundle.
  package static func bundle(_ message: String, hint: String? = nil) -> StageFailure {
    StageFailure(.bundleInvalid, "The bundle cannot be used. \(message)", hint: hint ?? "Have it made again.")
  }
}
