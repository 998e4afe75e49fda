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
      var previous: ArtifactRecord?
      if let key = task.replaces?.key, key != task.artifact?.key { previous = try await ledger.artifact(key: key) }
      for record in previous.map(Self.records) ?? [] { known[record.file.digest] = true }
      steps += try Self.steps(task, previous)
    }
    return try await run(steps, &known)
  }

  private struct Step: Sendable {
    let unit: UnitID
    let file: TreeFile
    /// Nil takes the place away.
    let object: ObjectReference?
    let history: Int?
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
            try tree.place(object, at: step.file, history: step.history, known: isKnown)
          } else {
            try tree.withdraw(step.file, history: step.history, known: isKnown)
          }
        if placement == .kept { kept.append((step.unit, step.file)) }
      } catch let question as Question {
        return (index, kept, question.digest)
      }
    }
    return (steps.count, kept, nil)
  }

  /// What a unit's place needs: its checkpoint, its parts and their files; and away with what is no longer among them.
  private static func steps(_ task: LinkTask, _ previous: ArtifactRecord?) throws -> [Step] {
    let before = Dictionary((previous.map(records) ?? []).map { ($0.unit, $0) }) { first, _ in first }
    let now = task.artifact.map(records) ?? []
    var steps: [Step] = []
    for record in now {
      let isReplaced = before[record.unit].map { $0.content != record.content } ?? (task.replaces?.content != nil)
      steps.append(
        Step(
          unit: task.unit, file: TreeFile(checkpointOf: record.unit), object: ObjectReference(record.file),
          history: isReplaced ? task.history : nil))
      for file in record.files {
        steps.append(
          Step(
            unit: task.unit, file: try TreeFile(file.name, of: record.unit), object: ObjectReference(file), history: nil
          ))
      }
    }
    let present = Set(steps.map(\.file))
    for record in previous.map(records) ?? [] {
      let checkpoint = TreeFile(checkpointOf: record.unit)
      if !present.contains(checkpoint) {
        steps.append(Step(unit: task.unit, file: checkpoint, object: nil, history: task.history))
      }
      for file in record.files {
        let place = try TreeFile(file.name, of: record.unit)
        if !present.contains(place) { steps.append(Step(unit: task.unit, file: place, object: nil, history: nil)) }
      }
    }
    return steps
  }

  private static func records(_ artifact: ArtifactRecord) -> [CheckpointRecord] {
    [artifact.checkpoint] + artifact.parts
  }
}
