import Checkpoints
import Ledger
import StageKit

extension FolderCheck {
  /// Verifies every document, and finds those that no job has.
  func checkDocuments() throws {
    guard let ledger else {
      // Without a ledger a name still says what the bytes must be, and job.json whose they are.
      let jobs = Dictionary(
        grouping: try JobTree.jobs(in: folder).compactMap { job in (try? JobTree(job, in: folder).manifest()) ?? nil },
        by: \.source)
      let names = try FileSurvey.names(in: folder.documents).compactMap { Digest($0) }
      for digest in Set(names).union(jobs.keys).sorted(by: { $0.hex < $1.hex }) {
        try checkDocument(digest, length: nil, jobs: jobs[digest, default: []].map(\.id))
      }
      return
    }
    var last: Digest?
    while true {
      let page = try ledger.documents(after: last, limit: pageSize)
      for document in page {
        let jobs = try ledger.jobs(ofSource: document.digest)
        guard plan.jobs == nil || jobs.contains(where: isWanted) else { continue }
        try checkDocument(document.digest, length: document.length, jobs: jobs)
      }
      guard page.count == pageSize else { break }
      last = page.last?.digest
    }
    if plan.jobs == nil, !plan.isOwnedByAnother { try findUnusedDocuments(ledger) }
  }

  private func checkDocument(_ digest: Digest, length: Int?, jobs: [JobID]) throws {
    let path = folder.document(digest)
    let affected = jobs.map { IntegrityFinding.Affected($0) }
    let remedy = "Submit the document again: the jobs go on with it. What they have made is kept."
    guard let file = FileSurvey(path), file.isRegular else {
      lostSources.insert(digest)
      return lose(.documentMissing, path, "A document is missing.", affected: affected, remedy: remedy)
    }
    guard try self.digest(ofDocument: file) == digest else {
      lostSources.insert(digest)
      return lose(
        .documentDamaged, path, "A document does not have its bytes; there is no other copy of it.", affected: affected,
        remedy: remedy)
    }
    if let length, length != file.length {
      // Its digest is its name: what is wrong is the row.
      try mend(
        .documentLength, path, "The ledger tells another length of a document that has its bytes.", affected: affected,
        would: "set it right", did: "set right"
      ) { try ledger?.setLength(file.length, ofDocument: digest) }
    }
    guard file.isWritable else { return }
    try mend(
      .documentWritable, path, "A document can be written to.", affected: affected, would: "protect it",
      did: "protected"
    ) { try file.protect() }
  }

  private func findUnusedDocuments(_ ledger: LedgerInspection) throws {
    for name in try FileSurvey.names(in: folder.documents) {
      let path = folder.documents + "/" + name
      guard let digest = Digest(name) else {
        note(.leftover, path, "It is no document.", remedy: "Move it away; gc leaves it alone.")
        continue
      }
      if try ledger.knownObjects(among: [digest]).isEmpty {
        note(.documentUnused, path, "No job has this document.", remedy: "gc removes it.")
      }
    }
  }
}
