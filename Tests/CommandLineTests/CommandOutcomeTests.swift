import Checkpoints
import Ledger
import StageKit
import Testing

@testable import sheaf

@Suite("Exit codes and messages")
struct CommandOutcomeTests {
  @Test(
    "a batch ends with its worst",
    arguments: [
      ([], .done), ([.done, .pageErrors, .done], .pageErrors), ([.pageErrors, .failed, .done], .failed),
      ([.failed, .interrupted], .interrupted), ([.interrupted, .failed], .interrupted), ([.failed, .usage], .usage),
    ] as [([CommandOutcome], CommandOutcome)])
  func worst(all: [CommandOutcome], worst: CommandOutcome) {
    #expect(all.reduce(.done, CommandOutcome.worst) == worst)
  }

  @Test("a failure of the request is the command line's, any other the work's", arguments: ErrorCode.allCases)
  func statusOfCode(code: ErrorCode) {
    let requests: [ErrorCode] = [.unknownOption, .invalidOption, .unknownStage, .unknownFormat, .invalidRequest]
    #expect(CommandOutcome(code) == (requests.contains(code) ? .usage : .failed))
  }

  @Test("a message names the file, the page, what is wrong, what to do and the code")
  func message() {
    let failure = StageFailure(.damaged, "It is damaged.", page: 3, hint: "Try another.")
    #expect(
      FailureReport(failure, subject: "scan.pdf").line
        == "sheaf: scan.pdf: page 3: It is damaged. Try another. [damaged]")
    #expect(FailureReport(StageFailure(.emptyFile, "It is empty.")).line == "sheaf: It is empty. [empty_file]")
  }

  @Test("a name with commands for the terminal is told without them")
  func hostileName() {
    let line = FailureReport(StageFailure(.emptyFile, "It is empty."), subject: "a\u{1B}[2Jb\n.pdf").line
    #expect(!line.unicodeScalars.contains("\u{1B}") && !line.contains("\n"))
  }

  @Test(
    "no failure of the ledger shows its inner detail",
    arguments: [
      .storage(message: "SQLITE_IOERR secret", outOfDisk: true),
      .storage(message: "SQLITE_BUSY secret", outOfDisk: false),
      .corrupt(message: "secret"), .integrity(message: "secret"), .tooNew(version: "secret"),
      .tooOld(version: "secret"), .missing(path: "/secret"), .closed,
    ] as [LedgerFailure])
  func ledgerFailure(failure: LedgerFailure) {
    let line = FailureReport(failure).line
    #expect(!line.contains("secret") && !line.contains("SQLITE") && line.hasPrefix("sheaf: "))
  }

  @Test("an error that nobody expected is told without its type")
  func unexpectedError() {
    struct Inner: Error {}
    let report = FailureReport(Inner(), subject: "a.pdf")
    #expect(!report.line.contains("Inner"))
    #expect(report.failure.code == .internalError && report.subject == "a.pdf")
  }
}
