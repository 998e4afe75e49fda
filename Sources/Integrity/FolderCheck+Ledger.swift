import Checkpoints
import Ledger
import StageKit

extension FolderCheck {
  /// Looks at the ledger's own bytes, sets them right or makes the ledger anew, and opens it.
  func checkLedger() throws {
    if plan.rebuilds { return try rebuild(salvaging: false) }
    let file = LedgerFile(path: folder.ledger)
    guard FileSurvey(folder.ledger) != nil else {
      let jobs = try JobTree.jobs(in: folder)
      guard !jobs.isEmpty else { return }
      return try mend(
        .ledgerMissing, folder.ledger, "The ledger is missing.", affected: jobs.map { .init($0) },
        would: "make it anew from objects, job.json and pins", did: "made anew from objects, job.json and pins"
      ) { try rebuild(salvaging: false) }
    }
    // A living owner writes pages while we would read them; SQLite's own reading verifies each of them all the same.
    switch plan.isOwnedByAnother ? .sound : try checkBytes(of: file) {
    case .sound: try openLedger()
    case .damaged where plan.repairs: try rebuild(salvaging: true)
    case .correctable where plan.repairs: try openLedger()
    case .damaged, .correctable:
      note(
        .ledgerUnreadable, folder.ledger, "Nothing can be compared with a damaged ledger.",
        remedy: "Once it is repaired, the jobs are examined, too.")
    }
  }

  private enum Condition {
    case sound
    case correctable
    case damaged
  }

  private func checkBytes(of file: LedgerFile) throws -> Condition {
    if try file.protection() == .unprotected {
      try mend(
        .ledgerUnprotected, folder.ledger, "The ledger is from before its pages had checksums.",
        would: "give every page one", did: "every page has one now"
      ) { try LedgerInspection(path: folder.ledger, writable: true).close() }
    }
    let damages = try file.damages()
    for damage in damages {
      let path = damage.isInLog ? folder.ledger + "-wal" : folder.ledger
      let code: FindingCode = damage.isInLog ? .ledgerLog : .ledgerPage
      if let wrong = damage.wrongBit {
        try mend(
          code, path, "\(Self.words(damage)) has a wrong bit, at byte \(wrong.offset).", would: "set it right",
          did: "set right"
        ) { try file.correct([damage]) }
      } else {
        mend(
          code, path, "\(Self.words(damage)) is damaged.",
          would: "save the rows that can be read and make the others anew from objects, job.json and pins; events and "
            + "attempts that stood there are lost",
          did: "the ledger was put together anew; events and attempts that stood there are lost"
        ) {}
      }
    }
    if damages.contains(where: { $0.wrongBit == nil }) { return .damaged }
    return damages.isEmpty ? .sound : .correctable
  }

  private func openLedger() throws {
    do {
      let ledger = try LedgerInspection(
        path: folder.ledger, writable: plan.repairs, isQuiet: !plan.isOwnedByAnother)
      let problems = try ledger.structuralProblems()
      self.ledger = ledger
      guard !problems.isEmpty else { return }
      try mend(
        .ledgerStructure, folder.ledger,
        "The ledger does not agree with itself: \(problems.prefix(3).joined(separator: "; ")).",
        would: "make it anew from its rows, objects, job.json and pins",
        did: "made anew from its rows, objects, job.json and pins"
      ) {
        try ledger.close()
        try rebuild(salvaging: true)
      }
    } catch LedgerFailure.corrupt(let message) {
      self.ledger = nil
      try mend(
        .ledgerUnreadable, folder.ledger, "The ledger cannot be read: \(message)",
        would: "save the rows that can be read and make the others anew from objects, job.json and pins",
        did: "put together anew; events and attempts that could not be read are lost"
      ) { try rebuild(salvaging: true) }
    }
  }

  /// Makes the ledger anew beside the old one, and then takes its place at once.
  private func rebuild(salvaging: Bool) throws {
    ledger = nil
    let path = workplace + "/ledger.sqlite"
    let new = try LedgerInspection(path: path, writable: true)
    let hasOld = FileSurvey(folder.ledger) != nil
    let salvage = LedgerSalvage(from: folder.ledger)
    let isComplete = salvaging && hasOld ? try salvage.save(into: new).isComplete : false
    let keepsAccounts = isComplete || (hasOld && salvage.saveWhatIsNowhereElse(into: new).isComplete)
    let reconstruction = Reconstruction(folder, into: new, workplace: workplace)
    let rebuilt = try reconstruction.run()
    try new.mend()
    try new.close()
    // The log goes first: it must never be taken for the new file's. Without it the old file is an older state of
    // itself, which the next check finds.
    for ending in ["-wal", "-shm"] where FileSurvey(folder.ledger + ending) != nil {
      try folder.moveToQuarantine(folder.ledger + ending)
    }
    if hasOld { try folder.keepInQuarantine(folder.ledger) }
    try folder.replace(folder.ledger, with: path)
    ledger = try LedgerInspection(path: folder.ledger, writable: true)
    note(
      .ledgerRebuilt, folder.ledger,
      "The ledger was made anew with \(rebuilt.jobs) jobs and \(rebuilt.artifacts) results.",
      affected: rebuilt.incomplete.map { .init($0) },
      remedy: isComplete
        ? nil
        : "What could not be read of the old one cannot come back: events, attempts, who made which checkpoint, "
          + "who replaced what and when\(keepsAccounts ? "" : ", API keys, usage, webhooks"); pages that were given up "
          + "are tried again.\(hasOld ? " The old file is in quarantine." : "")")
    for job in rebuilt.unreadable {
      lose(
        .manifestDiffers, folder.job(job) + "/job.json",
        "The job's description cannot be read, and nothing else has it.",
        affected: [.init(job)], remedy: "Submit the document again; its results are found by their keys.")
    }
  }

  private static func words(_ damage: LedgerDamage) -> String {
    switch damage.place {
    case .page(let number): "Page \(number)"
    case .missingPages(let first): "Everything from page \(first) is missing: the file"
    case .logHeader: "The head of the log"
    case .logFrame(let number): "Frame \(number) of the log"
    }
  }
}
