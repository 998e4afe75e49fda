import Checkpoints
import Ledger
import StageKit

extension FolderCheck {
  /// Verifies every object; memory holds one shard's names.
  func checkObjects() throws {
    if plan.jobs != nil { return }
    for shard in try FileSurvey.names(in: folder.objects) {
      let path = folder.objects + "/" + shard
      var digests: [Digest] = []
      for name in try FileSurvey.names(in: path) {
        if let digest = Digest(name), digest.hex.hasPrefix(shard) {
          digests.append(digest)
        } else if !plan.isOwnedByAnother {
          note(.leftover, path + "/" + name, "It is no object.", remedy: "gc removes it.")
        }
      }
      for start in stride(from: 0, to: digests.count, by: pageSize) {
        let step = digests[start..<min(start + pageSize, digests.count)]
        let known = try ledger?.knownObjects(among: Array(step))
        for digest in step { try checkObject(digest, isKnown: known?.contains(digest)) }
      }
    }
  }

  /// - Parameter isKnown: whether the ledger names it; nil where there is no ledger to ask.
  func checkObject(_ digest: Digest, isKnown: Bool?) throws {
    let path = folder.object(digest)
    // Gone since it was listed: whoever needs it is told below.
    guard let file = FileSurvey(path) else { return }
    guard file.isRegular, try self.digest(of: file) == digest else { return try tellDamaged(digest, file) }
    if file.isWritable {
      try mend(
        .objectWritable, path, "An object can be written to.", affected: try users(of: digest).affected,
        would: "protect it", did: "protected"
      ) { try file.protect() }
    }
    if isKnown == false, !plan.isOwnedByAnother, file.links <= 1 {
      note(.objectUnused, path, "Nothing needs this object.", remedy: "gc removes it.")
    }
  }

  private func tellDamaged(_ digest: Digest, _ file: FileSurvey) throws {
    damagedFiles.insert(file.identity)
    let path = folder.object(digest)
    let users = try users(of: digest)
    if let copy = try users.copy(of: digest, in: folder, not: file.identity) {
      return try mend(
        .objectDamaged, path, "An object does not have its bytes.", affected: users.affected,
        would: "restore it from the sound copy \(copy)", did: "restored from the sound copy \(copy)"
      ) {
        try removeLinks(to: file, of: users)
        try restore(digest, from: copy)
      }
    }
    try retire(.objectDamaged, digest, "An object does not have its bytes.", users, file)
  }

  /// Tells an object that is gone or damaged, and lets what made it run again.
  func retire(
    _ code: FindingCode, _ digest: Digest, _ message: String, _ users: ObjectUsers, _ file: FileSurvey?
  ) throws {
    guard toldObjects.insert(digest).inserted else { return }
    let path = folder.object(digest)
    let isRemakeable = users.versions.isEmpty && !users.isOnlyBase && users.sources.isDisjoint(with: lostSources)
    if plan.repairs {
      if let file { try removeLinks(to: file, of: users) }
      try store.quarantine(digest)
      try forget(users)
    }
    if ledger == nil {
      return mend(
        code, path, message, would: "move it away; the unit that needs it runs again at the next resume",
        did: "moved away"
      ) {}
    }
    if users.isEmpty {
      return mend(
        code, path, message, would: "move it away: nothing needs it", did: "moved away: nothing needs it"
      ) {}
    }
    guard isRemakeable else {
      return lose(code, path, message, affected: users.affected, remedy: users.remedy)
    }
    mend(
      code, path, message, affected: users.affected, would: "move it away; the unit runs again at the next resume",
      did: "moved away; the unit runs again at the next resume"
    ) {}
  }

  /// Takes away results that are no longer whole, so that their units run again.
  private func forget(_ users: ObjectUsers) throws {
    guard let ledger else { return }
    var changes: [LedgerChange] = users.keys.map { .removeArtifact(key: $0) }
    for (job, units) in Dictionary(grouping: users.units, by: \.job).sorted(by: { $0.key.text < $1.key.text }) {
      let named = Set(units.map(\.unit))
      let rows = try ledger.units(of: job).filter { named.contains($0.unit) && $0.state == .done }
      changes.append(
        .units(
          job,
          rows.map { row in
            var row = row
            row.state = .ready
            return row
          }))
      summary.jobsToResume.insert(job)
    }
    try ledger.apply(changes)
    for version in users.versions where version.number > 0 { try ledger.removeHistory(version) }
  }

  /// Removes what else bears a damaged file's bytes, or the engine would take it for a person's.
  private func removeLinks(to file: FileSurvey, of users: ObjectUsers) throws {
    var rest = file.links - 1
    guard rest > 0 else { return }
    let first = Set(users.affected.map(\.job))
    for job in try first.sorted(by: { $0.text < $1.text }) + JobTree.jobs(in: folder).filter({ !first.contains($0) })
    where rest > 0 {
      for name in try TreeListing(JobTree(job, in: folder)).files where name.survey.identity == file.identity {
        try name.survey.remove()
        rest -= 1
      }
    }
  }

  private func restore(_ digest: Digest, from copy: String) throws {
    let attempt = workplace + "/restored-" + digest.hex
    guard let length = try FileSurvey(copy)?.copyStored(to: attempt) else { return }
    try store.put([AttemptFile(path: attempt, digest: digest, length: length)])
  }

  func users(of digest: Digest) throws -> ObjectUsers {
    guard let ledger else { return ObjectUsers() }
    return try ObjectUsers(digest, in: ledger)
  }
}
