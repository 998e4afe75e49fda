import Checkpoints
import Ledger
import StageKit

/// A failure as it is told to people, and what any error is to them.
struct FailureReport: Error, Sendable, Hashable {
  /// The file or job that it is about.
  let subject: String?
  let failure: StageFailure
  /// The code that is told: the failure's, or a server's own.
  let code: String

  init(_ failure: StageFailure, subject: String? = nil) {
    self.init(failure, code: failure.code.rawValue, subject: subject)
  }

  private init(_ failure: StageFailure, code: String, subject: String?) {
    self.failure = failure
    self.code = code
    self.subject = subject
  }

  /// - Parameter error: anything; what is no failure of the product's own is told without its inner detail.
  init(_ error: any Error, subject: String? = nil) {
    switch error {
    case let report as FailureReport:
      self.init(report.failure, code: report.code, subject: report.subject ?? subject)
    case let refusal as ServerRefusal: self.init(refusal.failure, code: refusal.code, subject: subject)
    case let failure as StageFailure: self.init(failure, subject: subject)
    case let failure as LedgerFailure: self.init(Self.told(failure), subject: subject)
    default:
      self.init(
        StageFailure(
          .internalError, "Something went wrong that should not.", hint: "Set SHEAF_LOG=debug to see more."),
        subject: subject)
    }
  }

  /// `sheaf: scan.pdf: page 3: It is blank. Try another. [damaged]`
  var line: String {
    let place = [subject, failure.page.map { "page \($0)" }].compactMap { $0 }
    let words = [failure.message, failure.hint, "[\(code)]"].compactMap { $0 }.joined(separator: " ")
    return TerminalText.plain((["sheaf"] + place + [words]).joined(separator: ": "))
  }

  /// What only servers say is no fault of the command: a full queue, a key that may not.
  var status: CommandOutcome { ErrorCode(rawValue: code).map { CommandOutcome($0) } ?? .failed }

  private static func told(_ failure: LedgerFailure) -> StageFailure {
    switch failure {
    case .jobNotFound(let job): .noJob(job.text)
    case .missing: StageFailure(.dataFolderUnusable, "The data folder holds no jobs yet.", hint: "See sheaf help run.")
    case .tooNew:
      StageFailure(
        .ledgerTooNew, "The data folder was written by a newer Sheaf.",
        hint: "Update Sheaf, or use another folder with --data.")
    case .tooOld:
      StageFailure(
        .dataFolderUnusable, "The data folder was written by an older Sheaf.",
        hint: "sheaf resume --all brings it up to date.")
    case .corrupt, .integrity:
      StageFailure(
        .dataFolderUnusable, "The data folder's ledger is damaged.", hint: "Run sheaf fsck --repair.")
    case .storage(_, outOfDisk: true):
      StageFailure(.outOfDisk, "The disk of the data folder is full.", hint: "Make room, then resume.", retryable: true)
    case .storage:
      StageFailure(
        .dataFolderUnusable, "The data folder's ledger cannot be used.",
        hint: "See that its files can be read and written.")
    case .jobExists, .unitNotFound, .jobNotBuried, .staleFence, .attemptNotEnded, .closed:
      StageFailure(.internalError, "Something went wrong that should not.", hint: "Set SHEAF_LOG=debug to see more.")
    }
  }
}
