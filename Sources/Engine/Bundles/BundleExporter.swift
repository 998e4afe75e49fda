import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import Logging
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// Writes a job as one portable archive: its document, its checkpoints with their files, its pins, what the ledger knows.
///
/// Needs no lock: objects never change. Equal jobs give equal bytes.
package struct BundleExporter: Sendable {
  private let program: WorkerProgram
  private let folder: DataFolder
  private let ledger: any LedgerReader
  private let logger: Logger
  private var store: ObjectFolder { ObjectFolder(folder) }

  package init(_ program: WorkerProgram, _ folder: DataFolder, _ ledger: any LedgerReader, logger: Logger) {
    self.program = program
    self.folder = folder
    self.ledger = ledger
    self.logger = logger
  }

  /// - Parameters:
  ///   - history: whether what reruns and edits replaced goes with it.
  ///   - scratch: a folder of the caller's for the parts that are not files yet.
  ///   - path: the bundle; replaced where it is there, whole or not at all.
  /// - Returns: how many files and bytes are in it, before compression.
  /// - Throws: `StageFailure` with `job_unfinished`, `checkpoint_corrupt`, `input_output`.
  package func export(
    _ record: JobRecord, history: Bool, scratch: String, to path: String
  ) async throws -> (files: Int, bytes: Int) {
    guard record.manifest.state.isFinished || record.manifest.state == .paused else {
      throw StageFailure(
        .jobUnfinished, "Job \(record.manifest.id) is not at rest.",
        hint: "Go on with it or cancel it first: sheaf resume \(record.manifest.id).")
    }
    let sources = try await sources(of: record, history: history, scratch: scratch)
    let temporary = path + ".part-\(getpid())"
    defer { unlink(temporary) }
    let (files, bytes) = try await BundleConversation(program: program, logger: logger).run(
      "pack", .pack, limits: Self.limits
    ) { request in
      switch request {
      case .bundle: try Self.open(temporary, O_WRONLY | O_CREAT | O_TRUNC, "The bundle could not be written")
      case .input(let name):
        switch sources[name] {
        case .object(let digest)?: try OwnedDescriptor(adopting: store.get(digest).duplicate())
        case .file(let path)?: try Self.open(path, O_RDONLY, "The file \(name) of the job is missing")
        case nil: throw StageFailure(.internalError, "The worker asked for \(name), which is not in the bundle.")
        }
      default: throw StageFailure(.internalError, "The worker asked for what it may not have.")
      }
    }
    guard rename(temporary, path) == 0 else {
      throw StageFailure(.inputOutput, "The bundle could not be put at \(path) (errno \(errno)).")
    }
    return (files, bytes)
  }

  /// A gigabyte takes a minute; a job of thousands of scanned pages has some. Files are mapped, which counts as memory
  /// though it is none, so that has no bound of its own.
  private static let limits = UnitLimits(cpuSeconds: 7200, wallSeconds: 72000, residentBytes: 1 << 40)

  // MARK: What goes in

  /// Where a file of the bundle is taken from.
  private enum Source: Sendable {
    /// By its path.
    case file(String)
    case object(Digest)
  }

  /// Every file of the bundle by its name there, the manifest among them.
  private func sources(
    of record: JobRecord, history: Bool, scratch: String
  ) async throws -> [BundlePath: Source] {
    let job = record.manifest.id
    let units = try await ledger.units(of: job)
    let keys = units.compactMap { $0.state == .done ? $0.key : nil }
    let found = try await ledger.artifacts(keys: keys)
    // Of units that have left the plan there is nothing to go back to.
    let planned = Set(units.map(\.unit))
    let replaced = (history ? try await ledger.history(of: job, unit: nil) : []).filter {
      planned.contains($0.unit) || planned.contains(UnitID($0.unit.stage))
    }
    let rows = BundleRows(
      pageCount: record.pageCount, units: units, artifacts: keys.compactMap { found[$0] },
      pins: try await ledger.pins(of: job).map(standing), history: try replaced.filter(isThere))
    var paths: [BundlePath: Source] = [:]
    var entries: [BundleEntry] = []
    let source = BundlePath(document: record.manifest.source)
    paths[source] = .file(folder.document(record.manifest.source))
    entries.append(BundleEntry(path: source, digest: record.manifest.source, length: record.manifest.sourceLength))
    for file in rows.files + (try bases(of: rows.pins)) {
      let name = BundlePath(object: file.digest)
      guard paths.updateValue(.object(file.digest), forKey: name) == nil else { continue }
      entries.append(BundleEntry(path: name, digest: file.digest, length: file.length))
    }
    let texts: [(BundlePath, [UInt8])] = [
      (.job, try CanonicalEncoder().encode(record.manifest.bundled) + [UInt8(ascii: "\n")]),
      (.ledger, try CanonicalEncoder().encode(rows) + [UInt8(ascii: "\n")]),
    ]
    for (name, bytes) in texts {
      paths[name] = .file(try Self.write(bytes, scratch + "/" + name.text))
      entries.append(BundleEntry(path: name, digest: Digest(of: bytes), length: bytes.count))
    }
    let manifest = try CanonicalEncoder().encode(BundleManifest(job: job, files: entries)) + [UInt8(ascii: "\n")]
    paths[.manifest] = .file(try Self.write(manifest, scratch + "/" + BundlePath.manifest.text))
    return paths
  }

  /// A pin as it goes into a bundle: without what it is based on where that is lost, for only a merge needs it.
  private func standing(_ pin: PinEntry) throws -> PinEntry {
    guard let base = pin.base, try store.head(base) == nil else { return pin }
    var pin = pin
    pin.base = nil
    return pin
  }

  /// What the pins are based on: their checkpoints alone, which is all that versions are compared by.
  private func bases(of pins: [PinEntry]) throws -> [FileRecord] {
    try pins.compactMap { pin in
      try pin.base.map { base in
        FileRecord(name: pin.unit.basename + ".json", digest: base, length: try store.head(base) ?? 0)
      }
    }
  }

  /// Whether a replaced version can still be had; one that is lost does not keep the rest from travelling.
  private func isThere(_ entry: HistoryEntry) throws -> Bool {
    try ([entry.record.file] + entry.record.files).allSatisfy { try store.head($0.digest) == $0.length }
  }

  private static func write(_ bytes: [UInt8], _ path: String) throws -> String {
    do { try Data(bytes).write(to: URL(fileURLWithPath: path)) } catch {
      throw StageFailure(
        .inputOutput, "There is no room for temporary files.", hint: "Set TMPDIR to a folder with room.")
    }
    return path
  }

  static func open(_ path: String, _ flags: Int32, _ what: String) throws -> OwnedDescriptor {
    let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw StageFailure(.inputOutput, "\(what): \(String(cString: strerror(errno))).")
    }
    return OwnedDescriptor(adopting: descriptor)
  }
}

extension ArtifactRecord {
  /// Of the unit and its parts: every checkpoint with the files that belong to it.
  var allFiles: [FileRecord] { ([checkpoint] + parts).flatMap { [$0.file] + $0.files } }
}

extension JobManifest {
  /// As it goes into a bundle: whoever adopts it owns it.
  var bundled: JobManifest {
    JobManifest(
      id: id, name: name, source: source, sourceLength: sourceLength, settings: settings, state: state,
      failure: failure, owner: "", created: created)
  }

  /// The same under another id.
  func renamed(_ id: JobID) -> JobManifest {
    JobManifest(
      id: id, name: name, source: source, sourceLength: sourceLength, settings: settings, state: state,
      failure: failure, owner: owner, created: created)
  }
}
