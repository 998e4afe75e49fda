import Checkpoints
import Ledger
import StageKit

/// Finds the object of a job's checkpoint.
package struct CheckpointFinder: Sendable {
  private let job: JobID
  private let ledger: any LedgerReader

  package init(job: JobID, ledger: any LedgerReader) {
    self.job = job
    self.ledger = ledger
  }

  /// - Parameter subject: nil for the document, or for the only page.
  /// - Returns: whose checkpoint it is, and the digest of its file.
  /// - Throws: `StageFailure` with `checkpoint_not_found` that says why there is none.
  package func checkpoint(_ stage: StageID, _ subject: UnitSubject?) async throws -> (unit: UnitID, object: Digest) {
    let units = try await ledger.units(of: job).filter { $0.unit.stage == stage }
    let subject = try subject ?? Self.onlySubject(of: units, stage)
    let unit = UnitID(stage, subject)
    if let pin = try await ledger.pins(of: job).first(where: { $0.unit == unit }) { return (unit, pin.object) }
    if let record = units.first(where: { $0.unit == unit }) {
      return (unit, try await artifact(of: record).checkpoint.file.digest)
    }
    // A page of a stage that looks at the whole document and leaves a part per page.
    if case .page(let page) = subject, let whole = units.first(where: { $0.unit.subject == .document }) {
      let artifact = try await artifact(of: whole)
      if let part = artifact.parts.first(where: { $0.unit == unit }) { return (unit, part.file.digest) }
      if let gap = artifact.gaps[page] { throw Self.none(unit, "was given up (\(gap.rawValue))") }
      if artifact.parts.isEmpty {
        throw StageFailure(
          .invalidRequest, "\(stage.rawValue) is over the whole document.", hint: "Leave out the page.")
      }
    }
    throw Self.none(unit, "is not in this job's plan")
  }

  private static func onlySubject(of units: [UnitRecord], _ stage: StageID) throws(StageFailure) -> UnitSubject {
    if units.count == 1 { return units[0].unit.subject }
    guard let first = units.first?.unit.page, let last = units.last?.unit.page else { return .document }
    throw StageFailure(
      .invalidRequest, "\(stage.rawValue) is page by page.", hint: "Give a page from \(first) to \(last).")
  }

  private func artifact(of unit: UnitRecord) async throws -> ArtifactRecord {
    switch unit.state {
    case .done: break
    case .gap, .failed:
      let why = unit.failure?.message ?? unit.gap?.rawValue ?? ""
      throw Self.none(unit.unit, "was given up. \(why)", hint: "sheaf resume \(job) --retry-gaps tries again.")
    case .cancelled: throw Self.none(unit.unit, "was cancelled", hint: "sheaf resume \(job) goes on.")
    case .waiting, .ready, .running: throw Self.none(unit.unit, "is not done yet")
    }
    guard let key = unit.key, let artifact = try await ledger.artifact(key: key) else {
      throw Self.none(unit.unit, "has no checkpoint on record", hint: "sheaf resume \(job) makes it again.")
    }
    return artifact
  }

  private static func none(_ unit: UnitID, _ why: String, hint: String? = nil) -> StageFailure {
    StageFailure(.checkpointNotFound, "\(unit) \(why)\(why.hasSuffix(".") ? "" : ".")", hint: hint)
  }
}
