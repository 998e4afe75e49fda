import Checkpoints
import Ledger
import StageKit

extension FolderCheck {
  /// Sees that every object which a result names is there.
  func checkResults(_ ledger: LedgerInspection) throws {
    if plan.jobs != nil { return }
    var last: Int64 = 0
    while true {
      let page = try ledger.artifacts(after: last, limit: pageSize)
      let artifacts = try ledger.artifacts(keys: page.map(\.key))
      for (_, key) in page {
        guard let artifact = artifacts[key] else { continue }
        try checkObjects(of: [artifact.checkpoint] + artifact.parts)
      }
      guard page.count == pageSize, let number = page.last?.number else { break }
      last = number
    }
    if !plan.isOwnedByAnother { try findUnusedResults(ledger) }
  }

  /// Sees that the objects of checkpoints are there with their lengths; that they have their bytes is known already.
  func checkObjects(of records: [CheckpointRecord]) throws {
    for file in records.flatMap({ [$0.file] + $0.files }) {
      switch try store.head(file.digest) {
      case file.length?: continue
      // It was removed for want of room: the unit makes it again when it is needed.
      case nil where try ledger?.isDropped(file.digest) == true: continue
      case nil:
        try retire(.objectMissing, file.digest, "An object is missing.", users(of: file.digest), nil)
      case let length?:
        guard !toldObjects.contains(file.digest), toldLengths.insert(file.digest).inserted else { continue }
        try mend(
          .objectLength, folder.object(file.digest),
          "The ledger tells another length of an object that has its bytes.", would: "set it right", did: "set right"
        ) { try ledger?.setLength(length, ofObject: file.digest) }
      }
    }
  }

  private func findUnusedResults(_ ledger: LedgerInspection) throws {
    let count = try IdleResults(ledger).keys { _ in }
    if count > 0 {
      note(
        .resultUnused, folder.ledger, "\(count) results on record are of no job.", remedy: "gc removes them.")
    }
  }
}
