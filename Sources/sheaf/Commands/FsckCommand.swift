import ArgumentParser
import Checkpoints
import Foundation
import Integrity
import Ledger
import StageKit

struct FsckCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "fsck",
    abstract: "Verify everything in the data folder, and repair it.",
    discussion: """
      Every document, object, page of the ledger, job description, pin and link is verified against its digest, its \
      checksum or the ledger. Each finding has a code, its place, the jobs, stages and pages that it affects, and what \
      repairing does. Without --repair nothing is written.

      What a stage has made is made again: a damaged checkpoint is moved away, and its unit runs at the next resume. \
      What only a person or the outside gave - a document, a pin, a replaced version - is named as lost.

      EXIT CODES
        0   all is well, or was healed
        1   something is lost
        3   something can be repaired: run it again with --repair

        sheaf fsck
        sheaf fsck last --json | jq -c 'select(.grade == "lost")'
        sheaf fsck --repair && sheaf resume --all
      """)

  @Argument(help: ArgumentHelp("Only these jobs; last is the newest. Default: the whole folder.", valueName: "job"))
  var jobs: [String] = []

  @Flag(help: "Put right what can be put right.")
  var repair = false

  @Flag(help: "Make the ledger anew from objects, job.json and pins, and repair the rest.")
  var rebuild = false

  @Flag(help: "Print JSON lines.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    if rebuild, !jobs.isEmpty { throw StageFailure.usage("--rebuild is for the whole data folder.") }
    let folder = try data.folder
    guard FileSurvey(folder.path) != nil else {
      StandardStream.error.write("There is no data folder yet.\n")
      return .done
    }
    let owner = DataFolderOwner(id: UUID().uuidString.lowercased(), process: getpid(), program: "sheaf fsck")
    var plan = FolderCheck.Plan()
    plan.repairs = repair || rebuild
    plan.rebuilds = rebuild
    let lock: OwnerLock?
    do {
      lock = try OwnerLock(folder, owner: owner)
    } catch let failure as StageFailure where failure.code == .dataFolderOwned && !plan.repairs {
      // Looking does no harm beside a working engine; what it is about to change is left out.
      plan.isOwnedByAnother = true
      lock = nil
      StandardStream.error.write("sheaf: \(failure.message) What it is working on is left out.\n")
    }
    defer { withExtendedLifetime(lock) {} }
    plan.jobs = jobs.isEmpty ? nil : try await named(folder)
    return try check(folder, plan, owner.id)
  }

  private func check(_ folder: DataFolder, _ plan: FolderCheck.Plan, _ owner: String) throws -> CommandOutcome {
    let style = TerminalStyle.ofOutput
    var notes: [FindingCode: Int] = [:]
    let summary = try FolderCheck(folder, plan: plan, owner: owner) { finding in
      if json {
        StandardStream.output.write(JSONLine.text(FindingReport.json(finding)))
        return
      }
      if finding.grade == .note {
        notes[finding.code, default: 0] += 1
        if notes[finding.code, default: 0] > Self.mostNotes { return }
      }
      StandardStream.output.write(FindingReport.lines(finding, style: style).joined(separator: "\n") + "\n")
    }.run()
    if plan.repairs { try folder.removeTemporary(of: owner) }
    let outcome: CommandOutcome = summary.lost > 0 ? .failed : summary.repairable > 0 ? .pageErrors : .done
    if json {
      StandardStream.output.write(JSONLine.text(FindingReport.json(summary, outcome)))
    } else {
      for code in FindingCode.allCases {
        let rest = (notes[code] ?? 0) - Self.mostNotes
        if rest > 0 { StandardStream.output.write("- and \(rest) more [\(code.rawValue)]\n") }
      }
      StandardStream.output.write(
        FindingReport.closing(summary, repeated: data.repeated).joined(separator: "\n") + "\n")
    }
    return outcome
  }

  /// Lines of one code about what is not wrong; the rest is counted.
  private static let mostNotes = 5

  /// A whole id needs no ledger, which may be what is damaged.
  private func named(_ folder: DataFolder) async throws -> Set<JobID> {
    var ids: Set<JobID> = []
    for text in jobs {
      if let id = JobID(text), FileSurvey(folder.job(id)) != nil {
        ids.insert(id)
      } else {
        ids.insert(try await data.job(text).record.manifest.id)
      }
    }
    return ids
  }
}
