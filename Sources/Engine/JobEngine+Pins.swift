import Checkpoints
import Foundation
import Ledger
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

extension JobEngine {
  /// Puts a person's checkpoint in a unit's place; what depends on it runs at the job's next `resume`, and unless the
  /// request holds it, after a restart.
  ///
  /// - Throws: `StageFailure` with `checkpoint_changed` where something else stands there by now, `checkpoint_not_found`
  ///   where the job has no such unit, `invalid_request` for exports, which are files.
  package func pin(_ job: JobID, _ request: PinRequest) async throws -> PinOutcome {
    guard request.unit.stage != .export else {
      throw StageFailure(
        .invalidRequest, "An export is files, not a result that others are made of.",
        hint: "Edit the checkpoint that it is made from.")
    }
    return try await changing(job) { record in
      let seen = try await standing(request, of: job)
      let new = try await checkpoint(request, record, seen)
      defer { surroundings.claims.release([new.file.digest]) }
      let isAtWork = await scheduler.holds(job)
      await scheduler.withdraw(job)
      // A worker may have made something else meanwhile; from now on none does.
      let standing = try await standing(request, of: job)
      if new.content == standing.record?.content {
        try await place(standing, pin: standing.pin, of: job, adopted: request.adopted)
        if isAtWork { await scheduler.putBack(job) }
        return .unchanged
      }
      guard new.content != standing.made?.content else {
        try await remove(
          standing, of: record, cause: request.cause, adopted: request.adopted, holds: request.holds)
        return .unpinned
      }
      try await put(request, new, standing, of: record)
      return .pinned(new.content)
    }
  }

  /// What stands there, which must be what the person saw.
  private func standing(_ request: PinRequest, of job: JobID) async throws -> StandingCheckpoint {
    let standing = try await StandingCheckpoint(request.unit, of: job, in: ledger)
    guard standing.record?.content == request.expected else {
      throw StageFailure(
        .checkpointChanged, "\(request.unit) has become another one meanwhile.", page: request.unit.page,
        hint: "Look at it again, then repeat the edit.")
    }
    return standing
  }

  private func put(
    _ request: PinRequest, _ new: CheckpointRecord, _ standing: StandingCheckpoint, of record: JobRecord
  ) async throws {
    let job = record.manifest.id
    let pin = entry(request, new, job, standing)
    var row = standing.row
    if standing.record != nil { row.history += 1 }
    // Under a pin of the whole unit nothing is missing.
    if row.unit == pin.unit, row.state == .gap || row.state == .failed { row.state = .done }
    let tree = surroundings.tree(of: job)
    try await BlockingWork.run { try tree.write(PinRecord(pin)) }
    let event = JobEvent(job: job, kind: .unitPinned, unit: pin.unit, state: request.cause.rawValue)
    try await apply(
      replacement(of: standing, number: row.history, cause: request.cause, record)
        + [.pin(pin), .units(job, [row]), .event(event)], record, holds: request.holds)
    try await place(standing, pin: pin, of: job, history: row.history, adopted: request.adopted)
  }

  /// Lets what the stage makes stand for a unit again.
  ///
  /// - Parameter holds: what depends on it waits for a person's `resume`; otherwise a restart goes on with it, too.
  /// - Throws: `StageFailure` with `checkpoint_not_found` where the unit is not pinned.
  package func unpin(_ job: JobID, _ unit: UnitID, holds: Bool = false) async throws {
    try await changing(job) { record in
      await scheduler.withdraw(job)
      let standing = try await StandingCheckpoint(unit, of: job, in: ledger)
      guard standing.pin != nil else {
        throw StageFailure(
          .checkpointNotFound, "\(unit) is not pinned.", page: unit.page, hint: "sheaf pins lists what is.")
      }
      try await remove(standing, of: record, cause: .unpin, adopted: nil, holds: holds)
    }
  }

  /// Keeps a pin although its stage makes something else by now: from now on it counts as based on that.
  ///
  /// - Returns: false where there was no conflict.
  package func keepPin(_ job: JobID, _ unit: UnitID) async throws -> Bool {
    try await changing(job) { _ in
      let isAtWork = await scheduler.holds(job)
      await scheduler.withdraw(job)
      let standing = try await StandingCheckpoint(unit, of: job, in: ledger)
      guard var pin = standing.pin, let made = standing.made, pin.newer != nil else {
        if isAtWork { await scheduler.putBack(job) }
        return false
      }
      pin.basedOn = made.content
      pin.base = made.file.digest
      pin.newer = nil
      let (tree, told) = (surroundings.tree(of: job), PinRecord(pin))
      try await BlockingWork.run { try tree.write(told) }
      let event = JobEvent(job: job, kind: .pinConflict, unit: unit, state: "none")
      surroundings.publish(try await ledger.apply([.pin(pin), .event(event)]))
      if isAtWork { await scheduler.putBack(job) }
      return true
    }
  }

  /// Sets how many replaced versions of each checkpoint a job keeps; the oldest beyond that are forgotten at once.
  package func keep(_ count: Int, versionsOf job: JobID) async throws {
    try await changing(job) { record in
      let isAtWork = await scheduler.holds(job)
      var settings = record.manifest.settings
      settings.keep = count
      _ = try await store(settings, record, with: [.pruneHistory(job, keep: count)])
      try await TreeLinker(tree: surroundings.tree(of: job), ledger: ledger).linkHistory()
      if isAtWork { await scheduler.putBack(job) }
    }
  }

  // MARK: Steps

  private func remove(
    _ standing: StandingCheckpoint, of record: JobRecord, cause: HistoryEntry.Cause, adopted: Digest?, holds: Bool
  ) async throws {
    let (job, unit) = (record.manifest.id, standing.unit)
    var row = standing.row
    row.history += 1
    if row.unit == unit, row.content == nil { row.state = row.gap == nil ? .waiting : .gap }
    let event = JobEvent(job: job, kind: .unitUnpinned, unit: unit, state: cause.rawValue)
    try await apply(
      replacement(of: standing, number: row.history, cause: cause, record)
        + [.removePin(job, unit), .units(job, [row]), .event(event)], record, holds: holds)
    let tree = surroundings.tree(of: job)
    try await BlockingWork.run { try tree.removePin(of: unit) }
    try await place(standing, pin: nil, of: job, history: row.history, adopted: adopted)
  }

  /// What stood there becomes history.
  private func replacement(
    of standing: StandingCheckpoint, number: Int, cause: HistoryEntry.Cause, _ record: JobRecord
  ) -> [LedgerChange] {
    guard let old = standing.record else { return [] }
    let why = standing.pin.flatMap { $0.why.isEmpty ? nil : $0.why }
    let entry = HistoryEntry(
      job: record.manifest.id, number: number, cause: cause, record: old, who: standing.pin?.who, why: why)
    return [.history(entry, keep: record.manifest.settings.keep ?? JobSettings.keptByDefault)]
  }

  /// Applies changes after which the job has something to do again: at once, or when a person says so.
  private func apply(_ changes: [LedgerChange], _ record: JobRecord, holds: Bool) async throws {
    var manifest = record.manifest
    let state = holds ? JobState.paused : .queued
    manifest.state = state
    manifest.failure = nil
    let (told, tree) = (manifest, surroundings.tree(of: manifest.id))
    try await BlockingWork.run { try tree.write(told) }
    let event = JobEvent(job: manifest.id, kind: .jobState, state: state.rawValue)
    surroundings.publish(
      try await ledger.apply(changes + [.jobState(manifest.id, state, nil), .event(event)]))
  }

  private func entry(
    _ request: PinRequest, _ new: CheckpointRecord, _ job: JobID, _ standing: StandingCheckpoint
  ) -> PinEntry {
    // Who edits a pin again has not looked at what the stage makes now: what is out of date stays so.
    let earlier = request.cause == .edit ? standing.pin : nil
    return PinEntry(
      job: job, unit: request.unit, basedOn: earlier.map(\.basedOn) ?? standing.made?.content, content: new.content,
      object: new.file.digest, who: request.author, at: Date().timeIntervalSince1970, why: request.reason,
      length: new.file.length, files: new.files, base: earlier.map(\.base) ?? standing.made?.file.digest,
      newer: earlier?.newer)
  }

  /// Brings the unit's place in the job's folder up to date.
  private func place(
    _ standing: StandingCheckpoint, pin: PinEntry?, of job: JobID, history: Int = 0, adopted: Digest?
  ) async throws {
    var task = LinkTask(standing.row.unit, artifact: standing.artifact)
    let others = try await ledger.pins(of: job).filter {
      $0.unit != standing.unit && $0.unit.stage == standing.unit.stage
        && (standing.row.unit.page == nil || $0.unit == standing.row.unit)
    }
    task.pins = (others + [pin].compactMap { $0 }).map(\.record)
    task.former = [standing.record].compactMap { $0 }
    task.history = history
    task.adopted = adopted
    try await scheduler.link([task], of: job)
  }

  // MARK: The checkpoint

  /// The requested checkpoint, stored and durable, and claimed: to be released once the ledger names it.
  private func checkpoint(
    _ request: PinRequest, _ record: JobRecord, _ standing: StandingCheckpoint
  ) async throws -> CheckpointRecord {
    let claims = surroundings.claims
    switch request.content {
    case .checkpoint(let stored):
      await claims.claim([stored.file.digest])
      return stored
    case .payload(let payload, let model):
      let store = surroundings.store
      let path = "\(folder.temporary(of: surroundings.owner))/pin-\(UUID().uuidString)"
      let options = pipeline.options(of: standing.row.unit, overrides: record.manifest.settings.overrides)
      let version = pipeline.row(of: standing.row.unit)?.version ?? 1
      let (unit, source) = (request.unit, record.manifest.source)
      let written = try await BlockingWork.run {
        let header = try model.map { model in
          try CheckpointReader.header(of: unit, in: store.get(model.file.digest), file: model.file.digest)
        }
        let envelope = CheckpointEnvelope(
          unit: unit, version: header?.version ?? version, source: source, options: header?.options ?? options)
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
          throw StageFailure(.inputOutput, "The edit could not be stored (errno \(errno)).", retryable: true)
        }
        let output = OutputFile(name: envelope.fileName, descriptor: descriptor)
        do { return try envelope.write(payload: payload, files: model?.files ?? [], to: output) } catch {
          unlink(path)
          throw error
        }
      }
      // The same edit of another job may just be going with that job.
      await claims.claim([written.file.digest])
      do {
        try await BlockingWork.run {
          // What is published has moved already.
          defer { unlink(path) }
          try store.put([AttemptFile(path: path, record: written.file)])
        }
      } catch {
        claims.release([written.file.digest])
        throw error
      }
      return written
    }
  }
}
