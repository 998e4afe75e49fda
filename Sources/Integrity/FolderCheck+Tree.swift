import Checkpoints
import Ledger
import StageKit

extension FolderCheck {
  /// Sees that the tree shows what the ledger says, and leaves alone what people put there.
  func checkTree(of record: JobRecord, _ standing: StandingResults, _ ledger: LedgerInspection) throws {
    let job = record.manifest.id
    let tree = JobTree(job, in: folder)
    let places = try standing.places()
    var rest: [String: FileSurvey] = [:]
    for file in try TreeListing(tree).files { rest[file.path] = file.survey }
    for (path, expected) in places.sorted(by: { $0.key < $1.key }) {
      let survey = rest.removeValue(forKey: path)
      try check(survey, expected.object, at: tree.path + "/" + path, [.init(job, expected.unit)], ledger) {
        _ = try tree.place(expected.object, at: expected.place, history: nil) { digest in
          try !ledger.knownObjects(among: [digest]).isEmpty
        }
      }
    }
    try checkHistory(standing.history, tree, &rest, ledger)
    for (path, survey) in rest.sorted(by: { $0.key < $1.key }) where !damagedFiles.contains(survey.identity) {
      try tellStranger(survey, path, job, ledger)
    }
  }

  private func checkHistory(
    _ entries: [HistoryEntry], _ tree: JobTree, _ rest: inout [String: FileSurvey], _ ledger: LedgerInspection
  ) throws {
    let kept = Dictionary(grouping: entries, by: \.unit).mapValues { entries in
      Dictionary(entries.map { ($0.number, ObjectReference($0.record.file)) }) { first, _ in first }
    }
    for entry in entries {
      guard let path = TreeFile(checkpointOf: entry.unit).historyPath(entry.number) else { continue }
      let survey = rest.removeValue(forKey: path)
      let object = ObjectReference(entry.record.file)
      try check(survey, object, at: tree.path + "/" + path, [.init(tree.job, entry.unit)], ledger, .historyLink) {
        try tree.linkHistory(kept)
      }
    }
  }

  /// Compares what stands at a place with what should.
  private func check(
    _ survey: FileSurvey?, _ object: ObjectReference, at path: String, _ affected: [IntegrityFinding.Affected],
    _ ledger: LedgerInspection, _ missing: FindingCode = .linkMissing, place: () throws -> Void
  ) throws {
    // Without its object a place has nothing to show; that is told already.
    guard let there = FileSurvey(folder.object(object.digest)), !toldObjects.contains(object.digest) else { return }
    guard let survey else {
      return try mend(
        missing, path, "A link to a result is missing.", affected: affected, would: "link it again",
        did: "linked again", place)
    }
    if survey.identity == there.identity || damagedFiles.contains(survey.identity) { return }
    guard survey.isRegular, let digest = try self.digest(of: survey) else {
      return note(.strangeFile, path, "It is no file of Sheaf's.", affected: affected)
    }
    if digest == object.digest { return }
    func replace(_ code: FindingCode, _ message: String) throws {
      try mend(
        code, path, message, affected: affected, would: "link what should stand there",
        did: "linked what should stand there"
      ) {
        try survey.remove()
        try place()
      }
    }
    if try !ledger.knownObjects(among: [digest]).isEmpty {
      return try replace(.linkStale, "It is an older result.")
    }
    if try survey.isOneBitFrom(there) {
      return try replace(.linkDamaged, "A copy of a result has a wrong bit.")
    }
    note(
      .strangeFile, path, "It is not what Sheaf put there; it is left alone.", affected: affected,
      remedy: "sheaf edit --adopt takes it in; move it away and resume, and Sheaf's own takes its place.")
  }

  private func tellStranger(_ survey: FileSurvey, _ path: String, _ job: JobID, _ ledger: LedgerInspection) throws {
    guard survey.isRegular, let digest = try self.digest(of: survey) else {
      return note(.strangeFile, survey.path, "It is no file of Sheaf's.", affected: [.init(job)])
    }
    let isObject = survey.identity == FileSurvey(folder.object(digest))?.identity
    if try isObject || !ledger.knownObjects(among: [digest]).isEmpty {
      // Of a unit that is not done, which the engine replaces and then keeps as history; its other file may be what was
      // damaged, and its result is no longer on record.
      return note(
        .linkStale, survey.path, "It is an earlier result.", affected: [.init(job)], remedy: "resume puts it right.")
    }
    let isHistory = path.hasPrefix("history/") && !survey.isWritable
    note(
      isHistory ? .historyLink : .strangeFile, survey.path,
      isHistory ? "It is a version that is no longer kept." : "It is not what Sheaf put there; it is left alone.",
      affected: [.init(job)])
  }
}
