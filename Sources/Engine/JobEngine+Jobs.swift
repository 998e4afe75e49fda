import Checkpoints
import Foundation
import Ledger
import StageKit

extension JobEngine {
  /// Takes in a document from an open file or pipe; blocks no thread of the caller's pool.
  ///
  /// - Throws: `StageFailure` with `file_too_large`, `empty_file`, `out_of_disk`.
  package func take(from descriptor: Int32) async throws -> ReceivedDocument {
    let (documents, owner, limit) = (surroundings.documents, surroundings.owner, documentLimit)
    return try await BlockingWork.run { try documents.take(from: descriptor, owner: owner, limit: limit) }
  }

  /// Adds a job; it runs as soon as `run` does.
  ///
  /// - Parameters:
  ///   - name: the document's name as given, for people.
  ///   - password: kept in memory only.
  ///   - owner: whose job it is.
  ///   - trace: what the workers' log lines are to name.
  ///   - changes: what else is to be true exactly if the job is there.
  /// - Throws: `StageFailure` with `language_data_missing` where its options cannot be met.
  package func submit(
    _ document: ReceivedDocument, name: String, settings: JobSettings, password: String?, owner: String = "",
    trace: TraceContext? = nil, with changes: @Sendable (JobRecord) throws -> [LedgerChange] = { _ in [] }
  ) async throws -> JobRecord {
    try pipeline.check(settings)
    let record = Self.newRecord(of: document, name: name, settings: settings, owner: owner, trace: trace)
    try await write(record)
    return try await enter(record, password: password, with: changes)
  }

  private static func newRecord(
    of document: ReceivedDocument, name: String, settings: JobSettings, owner: String, trace: TraceContext?
  ) -> JobRecord {
    var generator = SystemRandomNumberGenerator()
    let now = Date()
    let manifest = JobManifest(
      id: JobID(using: &generator), name: name, source: document.digest, sourceLength: document.length,
      settings: settings, state: .queued, owner: owner, created: now.formatted(.iso8601), trace: trace?.description)
    return JobRecord(manifest: manifest, created: now.timeIntervalSince1970)
  }

  /// Makes the new job's folder. Its name and what is in it wait for the disk together.
  private func write(_ record: JobRecord) async throws {
    let (manifest, tree) = (record.manifest, surroundings.tree(of: record.manifest.id))
    let (folder, owner) = (folder, surroundings.owner)
    _ = try await BlockingWork.run {
      try folder.noteArrival(of: manifest.id, owner: owner)
      return try tree.make()
    }
    async let name: Void = BlockingWork.run { try tree.forceName() }
    try await BlockingWork.run { try tree.write(manifest) }
    try await name
  }

  /// Makes the job known, whose document and folder are there.
  private func enter(
    _ record: JobRecord, password: String?, with changes: @Sendable (JobRecord) throws -> [LedgerChange]
  ) async throws -> JobRecord {
    let roots = JobPlan(pipeline, settings: record.manifest.settings, pages: []).roots
    let units = roots.map { UnitRecord(unit: $0) }
    surroundings.publish(try await ledger.create(record, units: units, with: try changes(record)))
    let (folder, owner, job) = (folder, surroundings.owner, record.manifest.id)
    try await BlockingWork.run { folder.forgetArrival(of: job, owner: owner) }
    try await scheduler.enter(record, password: password, inBackground: stays)
    return record
  }

  /// Takes a document that has come in and adds a job for it; when it returns both are durable.
  ///
  /// - Throws: as `submit`, and `StageFailure` with `empty_file`, `out_of_disk`.
  package func submit(
    _ spool: SpooledDocument, name: String, settings: JobSettings, password: String?, owner: String = "",
    trace: TraceContext? = nil, with changes: @Sendable (JobRecord) throws -> [LedgerChange] = { _ in [] }
  ) async throws -> JobRecord {
    try pipeline.check(settings)
    return try await gate.submitting { [self] in
      let document = ReceivedDocument(digest: spool.digest, length: spool.length)
      let record = Self.newRecord(of: document, name: name, settings: settings, owner: owner, trace: trace)
      do {
        // The document and the job's folder wait for the disk together: the client waits for the slower of them only.
        async let folder: Void = write(record)
        _ = try await BlockingWork.run { try spool.finish() }
        try await folder
      } catch {
        // Both have ended here. There is no job; a folder that stays all the same is found by `sheaf fsck`.
        let (tree, folder, owner) = (surroundings.tree(of: record.manifest.id), folder, surroundings.owner)
        try? await BlockingWork.run {
          try tree.remove()
          folder.forgetArrival(of: tree.job, owner: owner)
        }
        throw error
      }
      return try await enter(record, password: password, with: changes)
    }
  }

  /// Where a document that is coming in is kept until it is submitted.
  ///
  /// - Throws: `StageFailure` with `out_of_disk`, `input_output`.
  package func spool() async throws -> SpooledDocument {
    let (folder, owner, limit) = (folder, surroundings.owner, documentLimit)
    return try await BlockingWork.run { SpooledDocument(try DocumentSpool(folder, owner: owner, limit: limit)) }
  }

  /// Goes on with a job from its checkpoints; on a finished one it verifies that everything is there.
  ///
  /// - Parameter retryGaps: also tries again what was given up.
  package func resume(_ job: JobID, retryGaps: Bool = false, password: String? = nil) async throws -> JobRecord {
    // Reading all of a document takes its time, in which others may have the job.
    try await checkSource(try await record(of: job))
    return try await changing(job) { record in
      if retryGaps {
        await scheduler.withdraw(job)
        let lost = try await ledger.units(of: job).filter(\.mayLackSomething)
        try await ledger.apply([.units(job, lost.map { $0.toRun(.retry) })])
      }
      try await scheduler.enter(record, password: password)
      return record
    }
  }

  /// Changes a job's options for one stage, and goes on with it.
  ///
  /// - Throws: as for several.
  package func rerun(_ job: JobID, _ request: RerunRequest, password: String? = nil) async throws -> JobRecord {
    try await rerun(job, [request], password: password)
  }

  /// Changes a job's options and goes on with it; all of the requests are met, or none.
  ///
  /// - Throws: `StageFailure` with `unknown_option`, `invalid_option`, `no_such_page`, `invalid_request`.
  package func rerun(_ job: JobID, _ requests: [RerunRequest], password: String? = nil) async throws -> JobRecord {
    try await changing(job) { record in
      var changed = record
      for request in requests { changed.manifest.settings = try request.settings(of: changed, pipeline) }
      try pipeline.check(changed.manifest.settings)
      await scheduler.withdraw(job)
      let rows = try await ledger.units(of: job)
      let units = try requests.reduce(into: Set<UnitID>()) { units, request in
        units.formUnion(request.units(among: rows, try request.pages(of: record, pipeline)))
      }
      let again = rows.filter { units.contains($0.unit) }.map { $0.toRun(.force) }
      changed = try await store(changed.manifest.settings, record, with: again.isEmpty ? [] : [.units(job, again)])
      try await scheduler.enter(changed, password: password)
      return changed
    }
  }

  /// Makes more export formats of a job.
  package func export(_ job: JobID, formats: [ExportFormat], password: String? = nil) async throws -> JobRecord {
    try await changing(job) { record in
      var settings = record.manifest.settings
      if let until = settings.until, until < .export {
        throw StageFailure(
          .invalidRequest, "Job \(job) was to end with \(until.rawValue).", hint: "Run the document without --until.")
      }
      let wanted = Set(settings.formats + formats)
      settings.formats = ExportFormat.allCases.filter(wanted.contains)
      let changed = try await store(settings, record)
      try await scheduler.enter(changed, password: password)
      return changed
    }
  }

  package func cancel(_ job: JobID) async throws {
    try await changing(job) { _ in try await scheduler.cancel(job) }
  }

  /// Changes a job while nobody else does, who reads what was written before: of two changes neither is lost.
  ///
  /// - Parameter body: is given the job as it stands now. Where it fails after it has taken the job back from the
  ///   workers, the job goes on as it was.
  func changing<Value: Sendable>(_ job: JobID, _ body: (JobRecord) async throws -> Value) async throws -> Value {
    try await turns.during(job) {
      let record = try await record(of: job)
      return try await scheduler.unsettled {
        let isAtWork = await scheduler.holds(job)
        do { return try await body(record) } catch {
          if isAtWork { await scheduler.putBack(job) }
          throw error
        }
      }
    }
  }

  func record(of job: JobID) async throws -> JobRecord {
    guard let record = try await ledger.job(job), !record.deleted else {
      throw StageFailure(.jobNotFound, "There is no job \(job).", hint: "sheaf jobs lists them.")
    }
    return record
  }

  /// The workers take the document as it lies there, so it is verified once when a job is taken up.
  private func checkSource(_ record: JobRecord) async throws {
    let documents = surroundings.documents
    let document = ReceivedDocument(digest: record.manifest.source, length: record.manifest.sourceLength)
    guard try await BlockingWork.run({ try documents.isSound(document) }) else {
      throw StageFailure(
        .checkpointCorrupt, "The document of job \(record.manifest.id) is missing or damaged in the data folder.",
        hint: "Submit it again.")
    }
  }

  /// First into `job.json`, then into the ledger, with what else is to change.
  func store(_ settings: JobSettings, _ record: JobRecord, with changes: [LedgerChange] = []) async throws -> JobRecord
  {
    var record = record
    let job = record.manifest.id
    guard settings != record.manifest.settings else {
      if !changes.isEmpty { try await ledger.apply(changes) }
      return record
    }
    await scheduler.withdraw(job)
    record.manifest.settings = settings
    let (manifest, tree) = (record.manifest, surroundings.tree(of: job))
    try await BlockingWork.run { try tree.write(manifest) }
    try await ledger.apply([.jobSettings(job, settings)] + changes)
    return record
  }
}
