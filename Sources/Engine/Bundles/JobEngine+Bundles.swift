import Checkpoints
import Foundation
import Ledger
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

extension JobEngine {
  /// Takes a bundle's job into this data folder.
  ///
  /// - Parameter renamed: whether it gets a new id rather than its own.
  /// - Throws: `StageFailure` with `bundle_invalid`, or `job_exists` where another job has its id or another result
  ///   stands under one of its keys.
  package func adopt(bundle path: String, renamed: Bool = false) async throws -> BundleAdoption {
    // Several may come in at once through a server.
    let scratch = surroundings.folder.temporary(of: surroundings.owner) + "/bundle-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // What cannot be removed goes with the owner's folder.
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let bundle = try await BundleOpener(program, logger: surroundings.logger).open(path, into: scratch)
    // What it shares with jobs that are being deleted meanwhile stays.
    let results = bundle.rows.artifacts
    let digests = results.map(\.key) + results.flatMap(\.allFiles).map(\.digest)
    await surroundings.claims.claim(digests)
    defer { surroundings.claims.release(digests) }
    return try await gate.submitting { [self] in try await adopt(bundle, renamed: renamed) }
  }

  /// Takes in the job of a bundle that has come in.
  ///
  /// - Throws: as for one by its path.
  package func adopt(_ spool: SpooledDocument, renamed: Bool) async throws -> BundleAdoption {
    guard spool.length > 0 else { throw StageFailure(.emptyFile, "The bundle is empty.") }
    let adoption = try await adopt(bundle: spool.path, renamed: renamed)
    withExtendedLifetime(spool) {}
    return adoption
  }

  private func adopt(_ bundle: OpenBundle, renamed: Bool) async throws -> BundleAdoption {
    var manifest = bundle.job
    if renamed {
      var generator = SystemRandomNumberGenerator()
      manifest = manifest.renamed(JobID(using: &generator))
    } else if let present = try await ledger.job(manifest.id) {
      try await expectSame(present, bundle)
      return BundleAdoption(
        job: manifest.id, name: manifest.name, isNew: false, units: bundle.rows.units.count,
        shared: bundle.rows.artifacts.count)
    }
    let missing = try await missing(bundle)
    try await takeFiles(of: bundle, missing, manifest)
    let now = Date().timeIntervalSince1970
    try await ledger.apply(missing.map { .artifact($0) })
    let record = JobRecord(manifest: manifest, pageCount: bundle.rows.pageCount, created: now, finished: now)
    surroundings.publish(
      try await ledger.create(record, units: bundle.rows.units, with: Self.versions(in: bundle, of: manifest)))
    try await link(bundle, manifest.id)
    return BundleAdoption(
      job: manifest.id, name: manifest.name, isNew: true, units: bundle.rows.units.count,
      shared: bundle.rows.artifacts.count - missing.count)
  }

  /// Begins a bundle's job anew: its document, settings and pins, but none of its results.
  func begin(_ bundle: OpenBundle, password: String?) async throws {
    var manifest = bundle.job
    manifest.state = .queued
    manifest.failure = nil
    try await takeFiles(of: bundle, [], manifest)
    let record = JobRecord(manifest: manifest, created: Date().timeIntervalSince1970)
    let roots = JobPlan(pipeline, settings: manifest.settings, pages: []).roots
    surroundings.publish(
      try await ledger.create(
        record, units: roots.map { UnitRecord(unit: $0) }, with: bundle.rows.pins.map { .pin($0) }))
    _ = try await resume(manifest.id, password: password)
  }

  /// A job of that id is here: it must be this very one.
  private func expectSame(_ present: JobRecord, _ bundle: OpenBundle) async throws {
    let manifest = bundle.job
    func differs(_ what: String) -> StageFailure {
      StageFailure(
        .jobExists, "There is another job \(manifest.id) here: \(what).",
        hint: "Import it with --new-id, or delete the other.")
    }
    guard !present.deleted else { throw differs("it is being deleted") }
    guard present.manifest.source == manifest.source else { throw differs("it has another document") }
    guard present.manifest.settings == manifest.settings else { throw differs("it has other options") }
    let own = Dictionary(uniqueKeysWithValues: try await ledger.units(of: manifest.id).map { ($0.unit, $0) })
    for row in bundle.rows.units {
      guard own[row.unit]?.key == row.key, own[row.unit]?.content == row.content else {
        throw differs("\(row.unit) has another result")
      }
    }
    let pins = Dictionary(uniqueKeysWithValues: try await ledger.pins(of: manifest.id).map { ($0.unit, $0.content) })
    guard pins == Dictionary(bundle.rows.pins.map { ($0.unit, $0.content) }, uniquingKeysWith: { first, _ in first })
    else { throw differs("it has other pins") }
  }

  /// The results that this data folder does not have.
  private func missing(_ bundle: OpenBundle) async throws -> [ArtifactRecord] {
    let present = try await ledger.artifacts(keys: bundle.rows.artifacts.map(\.key))
    let store = surroundings.store
    let whole = try await BlockingWork.run { try present.filter { try store.has($0.value) } }
    for artifact in bundle.rows.artifacts {
      guard let own = whole[artifact.key] else { continue }
      let parts = own.parts.map(\.content) == artifact.parts.map(\.content)
      guard own.checkpoint.content == artifact.checkpoint.content, parts else {
        throw StageFailure(
          .jobExists, "This data folder has another result for \(artifact.checkpoint.unit) under the same key.",
          page: artifact.checkpoint.unit.page,
          hint: "sheaf verify --replay tells which is right here; import into another folder with --data.")
      }
    }
    return bundle.rows.artifacts.filter { whole[$0.key] == nil }
  }

  /// The document, the objects of these results, of the pins and of what was replaced, `job.json` and the pins' files.
  private func takeFiles(of bundle: OpenBundle, _ artifacts: [ArtifactRecord], _ manifest: JobManifest) async throws {
    let (store, documents, owner) = (surroundings.store, surroundings.documents, surroundings.owner)
    let tree = surroundings.tree(of: manifest.id)
    let (pins, kept) = (bundle.rows.pins, bundle.rows.keptFiles)
    try await BlockingWork.run {
      let source = try BundleExporter.open(
        bundle.file(BundlePath(document: manifest.source)), O_RDONLY, "The document could not be read")
      _ = try source.withDescriptor { try documents.take(from: $0, owner: owner, limit: .max) }
      var seen: Set<Digest> = []
      let bases = pins.compactMap(\.base)
      let wanted = (artifacts.flatMap(\.allFiles) + kept).map(\.digest) + bases
      let objects = wanted.filter { seen.insert($0).inserted }
      for start in stride(from: 0, to: objects.count, by: Self.batch) {
        try store.put(try objects[start..<min(start + Self.batch, objects.count)].map { try bundle.attemptFile($0) })
      }
      try tree.write(manifest)
      for pin in pins { try tree.write(PinRecord(pin)) }
    }
  }

  /// The pins and what was replaced: they stand and fall with the job, whose folder is made to agree with the ledger.
  private static func versions(in bundle: OpenBundle, of manifest: JobManifest) -> [LedgerChange] {
    let keep = manifest.settings.keep ?? JobSettings.keptByDefault
    return bundle.rows.pins.map { .pin($0.of(manifest.id)) }
      + bundle.rows.history.map { .history($0.of(manifest.id), keep: keep) }
  }

  private func link(_ bundle: OpenBundle, _ job: JobID) async throws {
    let rows = bundle.rows
    let found = try await ledger.artifacts(keys: rows.units.compactMap { $0.state == .done ? $0.key : nil })
    let pins = Dictionary(rows.pins.map { ($0.unit, $0) }) { first, _ in first }
    let tasks = rows.units.compactMap { row -> LinkTask? in
      var task = LinkTask(row.unit, artifact: row.key.flatMap { found[$0] })
      task.pins = pins.ofUnit(row.unit).map(\.record)
      return task.standing.isEmpty ? nil : task
    }
    // Nobody has put a file of their own into a job that was not here.
    let linker = TreeLinker(tree: surroundings.tree(of: job), ledger: ledger)
    _ = try await linker.run(tasks)
    try await linker.linkHistory()
  }

  /// Objects published together: their folders are forced to the disk once for all of them.
  private static let batch = 500
}

extension PinEntry {
  fileprivate func of(_ job: JobID) -> PinEntry {
    PinEntry(
      job: job, unit: unit, basedOn: basedOn, content: content, object: object, who: who, at: at, why: why,
      length: length, files: files, base: base, newer: newer)
  }
}

extension HistoryEntry {
  fileprivate func of(_ job: JobID) -> HistoryEntry {
    HistoryEntry(job: job, number: number, cause: cause, at: at, record: record, who: who, why: why)
  }
}
