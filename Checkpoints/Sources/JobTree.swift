import CanonicalJSON
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// A job's folder, for people: `job.json`, and the current objects under names that `ls`, `jq` and `diff` make
/// sense of.
///
/// The objects and the ledger are the truth; links can be made again at any time.
package struct JobTree: Sendable {
  package let job: JobID
  package let path: String
  let objects: ObjectFolder

  package init(_ job: JobID, in folder: DataFolder) {
    self.job = job
    path = folder.job(job)
    objects = ObjectFolder(folder)
  }

  /// The jobs that have a folder, by name.
  package static func jobs(in folder: DataFolder) throws -> [JobID] {
    try Folder.names(in: folder.jobs).compactMap { JobID($0) }
  }

  /// Makes the job's folder durably, unless it is there.
  package func create() throws {
    if try make() { try forceName() }
  }

  /// Makes the job's folder, unless it is there; durable after `forceName`.
  ///
  /// - Returns: whether it was made.
  package func make() throws -> Bool { try Folder.create(path) }

  /// Forces the name of the job's folder to the disk.
  package func forceName() throws { try Folder.sync(objects.folder.jobs) }

  /// Writes `job.json` atomically and durably.
  package func write(_ manifest: JobManifest) throws {
    try create()
    try AtomicFile(path + "/job.json").write(CanonicalEncoder().encode(manifest) + [UInt8(ascii: "\n")])
  }

  /// - Returns: nil where there is no `job.json`.
  /// - Throws: `StageFailure` with `checkpoint_corrupt` where it cannot be understood.
  package func manifest() throws -> JobManifest? {
    guard let bytes = try AtomicFile(path + "/job.json").read() else { return nil }
    do {
      let manifest = try CanonicalDecoder().decode(JobManifest.self, from: bytes)
      guard manifest.id == job, manifest.format == JobManifest.currentFormat else {
        throw StageFailure(.checkpointCorrupt, "It is job \(manifest.id) in the format \(manifest.format.prefix(40)).")
      }
      return manifest
    } catch {
      throw StageFailure(.checkpointCorrupt, "job.json of job \(job) cannot be read: \(error)")
    }
  }

  /// Removes the job's folder; objects stay. A symbolic link in it is removed, never followed.
  package func remove() throws {
    try Folder.remove(path)
    try Folder.sync(objects.folder.jobs)
  }

  /// Where a file stands, or where it would: its own name, or that of a compressed checkpoint.
  ///
  /// Where both are taken it is the former, which is a person's.
  package func path(of file: TreeFile) -> String { file.isCheckpoint ? standing(file.path) : path + "/" + file.path }

  /// - Parameter place: of a checkpoint, relative to the job's folder.
  func standing(_ place: String) -> String {
    let plain = path + "/" + place
    guard FileIdentity(plain) == nil else { return plain }
    let compressed = plain + CompressedHeader.suffix
    return FileIdentity(compressed) == nil ? plain : compressed
  }

  /// The checkpoint that stands at a place, as a rerun or an edit left it or as a person put it there.
  ///
  /// - Parameters:
  ///   - place: relative to the job's folder: `history/03-ocr/0007.1.json`.
  ///   - limit: bytes before compression: whoever may write here could have forged a small file that becomes a large one.
  /// - Returns: nil where there is none.
  /// - Throws: `StageFailure` with `invalid_checkpoint` for more bytes.
  package func open(_ place: String, limit: Int = .max) throws -> InputFile? {
    guard let file = try StoredFile(standing(place)) else { return nil }
    guard file.length <= limit else {
      throw StageFailure(
        .invalidCheckpoint, "\(standing(place)) has \(file.length) bytes, more than \(limit).",
        hint: "No checkpoint is as large: put the right file there.")
    }
    return try file.input()
  }

  /// Where a unit's pin is told: `pins/03-ocr-0007.json`.
  package func pinPath(of unit: UnitID) -> String { "\(path)/pins/\(unit.stage.folder)-\(unit.basename).json" }
}
