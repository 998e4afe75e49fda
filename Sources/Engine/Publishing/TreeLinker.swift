import Checkpoints
import Ledger
import StageKit

/// Brings a job's tree up to date: the place where people look, never where the engine reads.
struct TreeLinker: Sendable {
  let tree: JobTree
  let ledger: any JobLedger

  /// - Returns: the places where a person's file stands and was kept, with the units they belong to.
  func run(_ tasks: [LinkTask]) async throws -> [(unit: UnitID, file: TreeFile)] {
    var steps: [Step] = []
    var known: [Digest: Bool] = [:]
    for task in tasks {
      var former = task.former
      if let key = task.replaces?.key, key != task.artifact?.key, let previous = try await ledger.artifact(key: key) {
        former += previous.checkpoints
      }
      for record in former { known[record.file.digest] = true }
      if let adopted = task.adopted { known[adopted] = true }
      steps += try Self.steps(task, former)
      if task.replaces != nil || !task.former.isEmpty { try await linkHistory(of: task) }
    }
    return try await run(steps, &known)
  }

  /// Brings the links to all replaced checkpoints of the job up to date.
  func linkHistory() async throws {
    let kept = try await keptHistory(of: nil)
    let tree = tree
    try await BlockingWork.run { try tree.linkHistory(kept) }
  }

  private func linkHistory(of task: LinkTask) async throws {
    let kept = try await keptHistory(of: task.unit)
    let units = Set(task.standing.map(\.unit) + [task.unit]).union(kept.keys).sorted()
    let tree = tree
    try await BlockingWork.run {
      for unit in units { try tree.linkHistory(of: unit, kept: kept[unit] ?? [:], newest: task.history) }
    }
  }

  private func keptHistory(of unit: UnitID?) async throws -> [UnitID: [Int: ObjectReference]] {
    let entries = try await ledger.history(of: tree.job, unit: unit)
    return Dictionary(grouping: entries, by: \.unit).mapValues { entries in
      Dictionary(entries.map { ($0.number, ObjectReference($0.record.file)) }) { first, _ in first }
    }
  }

  private struct Step: Sendable {
    let unit: UnitID
    let file: TreeFile
    /// Nil takes the place away.
    let object: ObjectReference?
  }

  /// Whether the ledger knows an object can be asked only between steps, so an unanswered question breaks off a step.
  private struct Question: Error {
    let digest: Digest
  }

  private func run(_ steps: [Step], _ known: inout [Digest: Bool]) async throws -> [(unit: UnitID, file: TreeFile)] {
    var kept: [(unit: UnitID, file: TreeFile)] = []
    var next = 0
    while next < steps.count {
      let rest = steps[next...]
      let answers = known
      let (done, places, question) = try await BlockingWork.run { try self.perform(rest, answers) }
      next += done
      kept += places
      if let question { known[question] = try await ledger.knowsObject(question) }
    }
    return kept
  }

  private func perform(
    _ steps: ArraySlice<Step>, _ known: [Digest: Bool]
  ) throws -> (done: Int, kept: [(unit: UnitID, file: TreeFile)], question: Digest?) {
    var kept: [(unit: UnitID, file: TreeFile)] = []
    func isKnown(_ digest: Digest) throws -> Bool {
      guard let answer = known[digest] else { throw Question(digest: digest) }
      return answer
    }
    for (index, step) in steps.enumerated() {
      do {
        let placement =
          if let object = step.object {
            try tree.place(object, at: step.file, history: nil, known: isKnown)
          } else {
            try tree.withdraw(step.file, history: nil, known: isKnown)
          }
        if placement == .kept { kept.append((step.unit, step.file)) }
      } catch let question as Question {
        return (index, kept, question.digest)
      }
    }
    return (steps.count, kept, nil)
  }

  /// What a unit's place needs: its checkpoint, its parts and their files; and away with what is no longer among them.
  private static func steps(_ task: LinkTask, _ former: [CheckpointRecord]) throws -> [Step] {
    var steps: [Step] = []
    for record in task.standing {
      steps.append(
        Step(unit: task.unit, file: TreeFile(checkpointOf: record.unit), object: ObjectReference(record.file)))
      for file in record.files {
        steps.append(
          Step(unit: task.unit, file: try TreeFile(file.name, of: record.unit), object: ObjectReference(file)))
      }
    }
    var present = Set(steps.map(\.file))
    for record in former {
      let places =
        try [TreeFile(checkpointOf: record.unit)] + record.files.map { try TreeFile($0.name, of: record.unit) }
      for place in places where present.insert(place).inserted {
        steps.append(Step(unit: task.unit, file: place, object: nil))
      }
    }
    return steps
  }
}
