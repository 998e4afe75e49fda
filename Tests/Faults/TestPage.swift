import Foundation
import StageKit

/// One line of a test document.
struct TestPage {
  let text: String
  private let directives: [(stage: String, action: FaultAction, marker: String?)]

  init(_ line: Substring) {
    var words: [Substring] = []
    var directives: [(String, FaultAction, String?)] = []
    for word in line.split(separator: " ") {
      let parts = word.dropFirst().split(separator: "=", maxSplits: 1)
      guard word.hasPrefix("!"), parts.count == 2 else {
        words.append(word)
        continue
      }
      let action = parts[1].split(separator: "@", maxSplits: 1)
      guard let known = FaultAction(rawValue: String(action[0])) else { fatalError("no such fault: \(word)") }
      directives.append((String(parts[0]), known, action.count == 2 ? String(action[1]) : nil))
    }
    text = words.joined(separator: " ")
    self.directives = directives
  }

  /// Does what the page tells a stage.
  func perform(_ context: any StageContext) throws {
    for directive in directives where directive.stage == context.unit.stage.rawValue {
      if let marker = directive.marker {
        guard open(marker, O_CREAT | O_EXCL | O_WRONLY, 0o600) >= 0 else { continue }
      }
      try directive.action.perform(context)
    }
  }

  /// The pages of a document, and the password that guards it.
  static func read(_ input: InputFile) throws -> (password: String?, pages: [TestPage]) {
    let text = String(decoding: try input.bytes(), as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true)
    var password: String?
    if let first = lines.first, first.hasPrefix("%password ") {
      password = String(first.dropFirst(10))
      lines.removeFirst()
    }
    return (password, lines.map { TestPage($0) })
  }

  /// The page that a unit is over; pages of a guarded document only with its password.
  static func page(_ number: Int, of input: InputFile, _ context: any StageContext) throws -> TestPage {
    let (password, pages) = try read(input)
    if let password {
      guard let given = context.password else {
        throw StageFailure(.passwordRequired, "A password guards the document.")
      }
      guard given == password else { throw StageFailure(.passwordWrong, "The password is not the right one.") }
    }
    return pages[number - 1]
  }
}
