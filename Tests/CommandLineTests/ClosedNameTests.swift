import Checkpoints
import StageKit
import Testing

@testable import sheaf

@Suite("Names and numbers as typed")
struct ClosedNameTests {
  @Test("formats come in their own order and once")
  func formats() throws {
    #expect(try ClosedName.formats(["html,md", "csv", "md"]) == [.markdown, .html, .csv])
    #expect(try ClosedName.formats([]).isEmpty)
  }

  @Test(
    "a wrong name is answered with the nearest",
    arguments: [("htm", "html"), ("markdown", "md"), ("jsn", "json"), ("text", "txt"), ("fileds", "fields")])
  func nearestFormat(typed: String, nearest: String) {
    let failure = #expect(throws: StageFailure.self) { try ClosedName.formats([typed]) }
    #expect(failure?.code == .unknownFormat)
    #expect(failure?.hint == "Did you mean \(nearest)?")
    #expect(failure.map { FailureReport($0).status } == .usage)
  }

  @Test("a stage may be written as in a job's tree", arguments: ["reading-order", "09-reading-order", "Reading-Order"])
  func stage(typed: String) throws {
    #expect(try ClosedName.stage(typed) == .readingOrder)
  }

  @Test("a wrong stage is answered with the nearest")
  func nearestStage() {
    let failure = #expect(throws: StageFailure.self) { try ClosedName.stage("layuot") }
    #expect(failure?.code == .unknownStage)
    #expect(failure?.hint == "Did you mean layout?")
  }

  @Test(
    "what is no list of pages is the command line's fault", arguments: ["", "0", "5-3", "a", "1,,2", "-3", "1-2-3"])
  func wrongPages(typed: String) {
    let failure = #expect(throws: StageFailure.self) { try ClosedName.pages(typed) }
    #expect(failure?.code == .invalidRequest)
    #expect(failure.map { FailureReport($0).status } == .usage)
  }

  @Test("pages are read", arguments: [("1-5,9", "1-5,9"), ("3-", "3-"), ("2, 1", "1-2"), ("4,4", "4")])
  func pages(typed: String, pages: String) throws {
    #expect(try ClosedName.pages(typed).description == pages)
  }

  @Test(
    "a password is the first line without its end",
    arguments: [("secret\n", "secret"), ("secret", "secret"), (" a b \r\nsecond", " a b "), ("Größe\n", "Größe")])
  func password(file: String, password: String) throws {
    #expect(try PasswordFile.password(in: Array(file.utf8)) == password)
  }

  @Test(
    "a file without a password is refused", arguments: [[], [0x0A], [0x0D, 0x0A, 0x41], [0xFF, 0xFE]] as [[UInt8]])
  func noPassword(file: [UInt8]) {
    #expect(throws: StageFailure.self) { try PasswordFile.password(in: file) }
  }

  @Test("an unknown command is answered with the nearest")
  func unknownCommand() {
    let failure = #expect(throws: StageFailure.self) { try Sheaf.refuseUnknownCommand(["statsu", "x"]) }
    #expect(failure?.hint == "Did you mean status?")
    #expect(throws: Never.self) { try Sheaf.refuseUnknownCommand(["help", "run"]) }
    #expect(throws: Never.self) { try Sheaf.refuseUnknownCommand(["--version"]) }
    #expect(throws: Never.self) { try Sheaf.refuseUnknownCommand([]) }
  }
}
