import Checkpoints
import Ledger
import StageKit

/// Takes the replaced checkpoints of a job's tree into a ledger that does not have them.
///
/// What replaced each of them is seen from what came after it: what no stage made, a person did. Who it was and when is
/// known of what is pinned now; a merge cannot be told from an edit.
struct VersionAdoption {
  private let tree: JobTree
  private let store: ObjectFolder
  private let ledger: LedgerInspection

  init(_ tree: JobTree, _ store: ObjectFolder, _ ledger: LedgerInspection) {
    self.tree = tree
    self.store = store
    self.ledger = ledger
  }

  func run(_ listing: TreeListing) throws {
    let pins = Dictionary(try ledger.pins(of: tree.job).map { ($0.unit, $0) }) { first, _ in first }
    let known = try ledger.history(of: tree.job)
    let there = Set(known.map { KeptFile(unit: $0.unit, number: $0.number) })
    var found: [UnitID: [(number: Int, record: CheckpointRecord)]] = [:]
    for entry in known { found[entry.unit, default: []].append((entry.number, entry.record)) }
    for file in listing.files {
      guard let kept = KeptFile(file), !there.contains(kept), let digest = try file.survey.storedDigest(),
        let record = try record(of: kept.unit, digest)
      else { continue }
      found[kept.unit, default: []].append((kept.number, record))
    }
    for (unit, versions) in found.sorted(by: { $0.key < $1.key }) {
      let versions = versions.sorted { $0.number < $1.number }
      for (index, version) in versions.enumerated()
      where !there.contains(KeptFile(unit: unit, number: version.number)) {
        let next = versions.dropFirst(index + 1).first?.record.file.digest
        let pin = next == nil ? pins[unit] : nil
        let cause = try cause(of: version.record, by: next, pin, earlier: versions.prefix(index).map(\.record))
        try ledger.apply([
          .history(
            HistoryEntry(
              job: tree.job, number: version.number, cause: cause, at: pin?.at ?? 0, record: version.record), keep: .max
          )
        ])
      }
    }
  }

  /// - Parameters:
  ///   - next: the file of the version that followed; nil where what stands now did.
  ///   - pin: what is pinned now, where that followed.
  private func cause(
    of record: CheckpointRecord, by next: Digest?, _ pin: PinEntry?, earlier: [CheckpointRecord]
  ) throws -> HistoryEntry.Cause {
    let isNextMade = try next.map(isMade) ?? (pin == nil)
    guard isNextMade else {
      return earlier.contains { $0.file.digest == next ?? pin?.object } ? .restore : .edit
    }
    return try isMade(record.file.digest) ? .rerun : .unpin
  }

  /// Whether a stage made it: a result on record has it.
  private func isMade(_ file: Digest) throws -> Bool { try !ledger.keys(ofObject: file).isEmpty }

  private func record(of unit: UnitID, _ digest: Digest) throws -> CheckpointRecord? {
    guard let length = try store.head(digest) else { return nil }
    return try store.get(digest).withBytes { bytes in
      guard let header = CheckpointReader(discovering: bytes)?.header, header.unitID == unit else { return nil }
      let files = try header.files.sorted { $0.key < $1.key }.map { name, digest in
        FileRecord(name: name, digest: digest, length: try store.head(digest) ?? 0)
      }
      return CheckpointRecord(
        unit: unit, content: header.content,
        file: FileRecord(name: unit.basename + ".json", digest: digest, length: length), files: files)
    }
  }
}
