import Archive
import Checkpoints
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// Makes a bundle of files that the engine hands over one at a time.
enum BundlePacking {
  static func run(_ channel: FrameChannel) throws {
    try BundleLink.serve(channel) { link, task in
      guard task == .pack else { throw StageFailure(.internalError, "The task is not to pack.") }
      return try pack(link)
    }
  }

  private static func pack(_ link: BundleLink) throws -> (files: Int, bytes: Int) {
    let bundle = try link.ask(.bundle)
    defer { close(bundle) }
    let writer = try ArchiveWriter(descriptor: bundle)
    let text = try InputFile(descriptor: link.ask(.input(path: .manifest))).bytes()
    let manifest = try BundleManifest(text, limits: .none)
    try text.withUnsafeBytes { try writer.add(BundlePath.manifest.text, $0) }
    for file in manifest.files {
      try InputFile(descriptor: link.ask(.input(path: file.path))).withBytes { bytes in
        guard bytes.count == file.length, Digest(of: bytes) == file.digest else {
          throw StageFailure(
            .checkpointCorrupt, "The file \(file.path) in the data folder is missing or damaged.",
            hint: "Resume the job: the unit runs again.")
        }
        try writer.add(file.path.text, bytes)
      }
    }
    try writer.finish()
    guard fsync(bundle) == 0 || errno == EINVAL else {
      throw StageFailure(.inputOutput, "The bundle could not be forced to the disk (errno \(errno)).")
    }
    return (manifest.files.count + 1, manifest.length + text.count)
  }
}

extension BundleLimits {
  /// For what the engine itself wrote.
  fileprivate static let none = BundleLimits(manifestBytes: .max, fileBytes: .max, totalBytes: .max)
}
