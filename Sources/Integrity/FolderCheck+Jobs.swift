import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

extension FolderCheck {
  /// Looks at every job: its description, its units, its pins and its tree.
  func checkJobs(_ ledger: LedgerInspection) throws {
    var last: JobID?
    while true {
      let page = try ledger.jobs(after: last, limit: pageSize)
      for record in page where isWanted(record.manifest.id) {
        if record.deleted {
          note(
            .jobBuried, folder.job(record.manifest.id), "The job's removal was begun and broke off.",
            affected: [.init(record.manifest.id)], remedy: "gc finishes it.")
        } else {
          try checkJob(record, ledger)
        }
      }
      guard page.count == pageSize else { break }
      last = page.last?.manifest.id
    }
    for job in try JobTree.jobs(in: folder) where isWanted(job) {
      if try ledger.job(job) == nil { try adopt(job, ledger) }
    }
  }

  private func checkJob(_ record: JobRecord, _ ledger: LedgerInspection) throws {
    let job = record.manifest.id
    // What an engine works on it is about to change.
    let isQuiet = !plan.isOwnedByAnother || record.manifest.state.isFinished
    if isQuiet { try checkManifest(record) }
    let standing = try StandingResults(of: job, in: ledger)
    try checkObjects(of: standing.pins.map(\.record) + standing.history.map(\.record))
    if plan.jobs != nil { try verifyObjects(of: standing, ledger) }
    for unit in standing.without where isQuiet {
      try mend(
        .resultMissing, folder.job(job), "\(unit.unit) counts as done, and no result of it is on record.",
        affected: [.init(job, unit.unit)], would: "let it run again at the next resume",
        did: "it runs again at the next resume"
      ) {
        var row = unit
        row.state = .ready
        try ledger.apply([.units(job, [row])])
        summary.jobsToResume.insert(job)
      }
    }
    try checkPins(standing.pins, of: job)
    guard isQuiet else { return }
    // After repairs: what is to run again has no place to be linked to yet.
    try checkTree(of: record, plan.repairs ? StandingResults(of: job, in: ledger) : standing, ledger)
  }

  /// Where only some jobs are looked at, their objects are verified one by one.
  private func verifyObjects(of standing: StandingResults, _ ledger: LedgerInspection) throws {
    let records =
      standing.artifacts.flatMap { [$0.checkpoint] + $0.parts } + standing.pins.map(\.record)
      + standing.history.map(\.record)
    var seen: Set<Digest> = []
    for file in records.flatMap({ [$0.file] + $0.files }) where seen.insert(file.digest).inserted {
      try checkObject(file.digest, isKnown: true)
    }
    try checkObjects(of: records)
  }

  private func checkManifest(_ record: JobRecord) throws {
    let job = record.manifest.id
    let tree = JobTree(job, in: folder)
    let path = tree.path + "/job.json"
    let expected = try CanonicalEncoder().encode(record.manifest) + [UInt8(ascii: "\n")]
    let found = try AtomicFile(path).read()
    guard found != expected else { return }
    try mend(
      found == nil ? .manifestMissing : .manifestDiffers, path,
      found == nil ? "The job's description is missing." : "The job's description is not what the ledger says.",
      affected: [.init(job)], would: "write it anew from the ledger", did: "written anew from the ledger"
    ) { try tree.write(record.manifest) }
  }

  private func checkPins(_ pins: [PinEntry], of job: JobID) throws {
    let tree = JobTree(job, in: folder)
    for pin in pins {
      let path = tree.pinPath(of: pin.unit)
      let record = PinRecord(pin)
      let found = try AtomicFile(path).read()
      guard found != (try CanonicalEncoder().encode(record) + [UInt8(ascii: "\n")]) else { continue }
      try mend(
        found == nil ? .pinMissing : .pinDiffers, path,
        found == nil ? "A pin's file is missing." : "A pin's file is not what the ledger says.",
        affected: [.init(job, pin.unit)], would: "write it anew from the ledger", did: "written anew from the ledger"
      ) { try tree.write(record) }
    }
    let known = Set(pins.map { tree.pinPath(of: $0.unit) })
    for name in try FileSurvey.names(in: tree.path + "/pins") where !known.contains(tree.path + "/pins/" + name) {
      note(
        .pinUnlisted, tree.path + "/pins/" + name, "The ledger knows no such pin.", affected: [.init(job)],
        remedy: "The next resume removes it; --rebuild takes it in.")
    }
  }

  /// A job's folder without a row: its submission broke off, or the ledger has lost it.
  private func adopt(_ job: JobID, _ ledger: LedgerInspection) throws {
    let path = folder.job(job)
    guard let manifest = try? JobTree(job, in: folder).manifest() else {
      return note(
        .jobUnlisted, path, "The folder has no job.json that can be read, and the ledger knows no such job.",
        affected: [.init(job)], remedy: "Look through it and remove it.")
    }
    guard FileSurvey(folder.document(manifest.source)) != nil else {
      return lose(
        .jobUnlisted, path, "The ledger does not know the job, and its document is missing.", affected: [.init(job)],
        remedy: "Submit \(manifest.name) again.")
    }
    try mend(
      .jobUnlisted, path, "The ledger does not know the job.", affected: [.init(job)],
      would: "take it in from its job.json", did: "taken in from its job.json; resume goes on with it"
    ) {
      _ = try Reconstruction(folder, into: ledger, workplace: workplace).adopt(job)
      summary.jobsToResume.insert(job)
    }
  }
}
