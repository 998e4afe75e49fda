import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Lays what a replayed unit yielded beside what its job has.
struct ReplayComparison: Sendable {
  private let survey: JobSurvey
  private let request: ReplayRequest

  init(_ survey: JobSurvey, _ request: ReplayRequest) {
    self.survey = survey
    self.request = request
  }

  /// Takes the attempt's files over: they are kept where the request says so, and gone otherwise.
  func result(of assignment: Assignment, _ outcome: UnitOutcome) async throws -> UnitReplay {
    let unit = assignment.unit
    let cost = UnitCost(cpuSeconds: outcome.use.cpuSeconds, peakBytes: outcome.use.peakBytes)
    let oldCost = try await self.oldCost(of: assignment.row)
    switch outcome.ending {
    case .finished(let report, let files):
      defer { for file in files { unlink(file.path) } }
      let old = try await stored(unit)
      let pages = old.map { Self.changedPages($0, report) } ?? []
      let isEqual = old?.checkpoint.content == report.checkpoint.content && pages.isEmpty
      let changes = try await isEqual ? [] : self.changes(old, report, files)
      try keep(report, files)
      return UnitReplay(
        unit: unit, verdict: old == nil ? .new : isEqual ? .equal : .changed, old: old?.checkpoint.content,
        new: report.checkpoint.content, changedPages: pages, changes: changes, oldCost: oldCost, newCost: cost)
    case .failed(let failure, _): return failed(assignment, failure, oldCost, cost)
    case .died(let death, _): return failed(assignment, death.failure(of: unit), oldCost, cost)
    case .stopped:
      return failed(assignment, StageFailure(.engineFailed, "It was stopped.", page: unit.page), oldCost, cost)
    }
  }

  /// What the stage itself made, a pin aside: that is what is tried.
  private func stored(_ unit: UnitID) async throws -> ArtifactRecord? {
    guard survey.row(of: unit).state == .done, let key = survey.row(of: unit).key else { return nil }
    return try await survey.ledger.artifact(key: key)
  }

  private func oldCost(of row: UnitRecord) async throws -> UnitCost? {
    guard row.state == .done, let key = row.key, let maker = try await survey.ledger.makers(of: key).last else {
      return nil
    }
    return UnitCost(cpuSeconds: maker.attempt.use.cpuSeconds, peakBytes: maker.attempt.use.peakBytes)
  }

  private func failed(_ assignment: Assignment, _ failure: StageFailure, _ old: UnitCost?, _ new: UnitCost)
    -> UnitReplay
  {
    UnitReplay(
      unit: assignment.unit, verdict: .failed, old: assignment.row.content, oldCost: old, newCost: new,
      failure: failure)
  }

  private static func changedPages(_ old: ArtifactRecord, _ report: UnitReport) -> [Int] {
    func contents(_ parts: [CheckpointRecord], _ gaps: [Int: GapCode]) -> [Int: String] {
      var contents = gaps.mapValues { UnitKey.reference(to: $0) }
      for part in parts { if let page = part.unit.page { contents[page] = UnitKey.reference(to: part.content) } }
      return contents
    }
    let (before, after) = (contents(old.parts, old.gaps), contents(report.parts, report.gaps))
    return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
  }

  /// The places where the payloads differ, of the unit and of its parts together.
  private func changes(
    _ old: ArtifactRecord?, _ report: UnitReport, _ files: [AttemptFile]
  ) async throws -> [PayloadChange] {
    guard let old else { return [] }
    let store = ObjectFolder(survey.folder)
    let paths = Dictionary(files.map { ($0.digest, $0.path) }) { first, _ in first }
    return try await BlockingWork.run {
      let before = Dictionary(([old.checkpoint] + old.parts).map { ($0.unit, $0) }) { first, _ in first }
      var all: [String: PayloadChange] = [:]
      for record in [report.checkpoint] + report.parts {
        guard let former = before[record.unit], former.content != record.content,
          let path = paths[record.file.digest]
        else { continue }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { continue }
        let (a, b) = (
          try Self.payload(former, in: store.get(former.file.digest)),
          try Self.payload(record, in: InputFile(descriptor: descriptor))
        )
        for change in PayloadChange.between(a, b) {
          all[change.path, default: PayloadChange(path: change.path)].add(change)
        }
      }
      return all.values.sorted { ($1.count, $0.path) < ($0.count, $1.path) }
    }
  }

  private static func payload(_ record: CheckpointRecord, in input: InputFile) throws -> JSONValue {
    try input.withBytes { bytes in
      try CheckpointReader(bytes, unit: record.unit, file: record.file.digest).withPayload {
        try CanonicalDecoder().decode(JSONValue.self, from: $0)
      }
    }
  }

  /// Puts what came out where the user wants it: `<out>/<job>/06-tables/0007.json`.
  private func keep(_ report: UnitReport, _ files: [AttemptFile]) throws {
    guard let output = request.output else { return }
    let folder = "\(output)/\(survey.job)/\(report.checkpoint.unit.stage.folder)"
    let paths = Dictionary(files.map { ($0.digest, $0.path) }) { first, _ in first }
    for record in [report.checkpoint] + report.parts {
      for file in [record.file] + record.files {
        guard let path = paths[file.digest] else { continue }
        let target = URL(fileURLWithPath: folder + "/" + file.name)
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(contentsOf: URL(fileURLWithPath: path)).write(to: target, options: .atomic)
      }
    }
  }
}

extension PayloadChange {
  fileprivate mutating func add(_ other: PayloadChange) {
    changed += other.changed
    added += other.added
    removed += other.removed
  }
}
