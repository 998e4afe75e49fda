import Checkpoints
import Ledger
import StageKit

extension Scheduler {
  /// What stood under the very key of a result that is not equal to it; nil mostly.
  func overwritten(by artifact: ArtifactRecord, _ assignment: Assignment) async throws -> ArtifactRecord? {
    guard assignment.row.key == artifact.key, assignment.row.isReplaced(by: artifact) else { return nil }
    return try await surroundings.ledger.artifact(key: artifact.key)
  }

  /// What is to stand in the job's tree from now on, and what is known to have stood there.
  func linkTask(
    _ artifact: ArtifactRecord, _ assignment: Assignment, _ job: LiveJob, _ overwritten: ArtifactRecord?
  ) -> LinkTask {
    var link = LinkTask(artifact: artifact)
    link.pins = job.pins(of: assignment.unit).map(\.record)
    link.former = overwritten?.checkpoints ?? []
    link.replaces = assignment.row.key == nil ? nil : assignment.row
    link.history = job.row(of: assignment.unit).history
    return link
  }

  /// Notes a unit's result: its row, what it replaces, what it opens.
  ///
  /// - Parameter overwritten: what stood under the result's own key, where that was not equal.
  func succeed(
    _ artifact: ArtifactRecord, _ assignment: Assignment, _ job: LiveJob, _ overwritten: ArtifactRecord?,
    _ effects: inout JobEffects
  ) {
    let unit = assignment.unit
    handle(.succeeded, unit, of: job, &effects)
    var row = job.row(of: unit)
    // Under a pin of the whole unit nothing that stands is replaced.
    if job.wholePin(of: unit) == nil, assignment.row.isReplaced(by: artifact) {
      row.history = assignment.row.history + 1
      if let overwritten {
        effects.overwritten += history(of: overwritten, replacedBy: artifact, number: row.history, job)
      } else {
        effects.superseded.append((unit, artifact.key, row.history))
      }
    }
    let isForced = row.again == .force
    row.complete(by: artifact, reused: false)
    row.counted = 0
    row.countedKey = nil
    set(row, of: job, &effects)
    effects.events.append(
      JobEvent(
        job: job.id, kind: .unitFinished, unit: unit, state: UnitState.done.rawValue, attempt: assignment.lease.attempt)
    )
    if isForced {
      let isEqual = assignment.row.content == artifact.checkpoint.content
      effects.events.append(
        JobEvent(
          job: job.id, kind: .unitRepeated, unit: unit, state: isEqual ? "equal" : "different",
          attempt: assignment.lease.attempt))
    }
    job.isEncrypted = artifact.encrypted
    settle(unit, .done(UnitResult(artifact)), of: job, &effects)
  }

  /// The checkpoints that are replaced, but for those that a person's stand in for.
  private func history(
    of old: ArtifactRecord, replacedBy new: ArtifactRecord, number: Int, _ job: LiveJob
  ) -> [HistoryEntry] {
    let contents = Dictionary(new.checkpoints.map { ($0.unit, $0.content) }) { first, _ in first }
    let pinned = Set(job.pins(of: old.checkpoint.unit).map(\.record.unit))
    return old.checkpoints.filter { contents[$0.unit] != $0.content && !pinned.contains($0.unit) }.map {
      HistoryEntry(job: job.id, number: number, cause: .rerun, record: $0)
    }
  }
}
