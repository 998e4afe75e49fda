import CanonicalJSON

/// One thing that `sheaf doctor` looked at.
struct Finding: Sendable, Hashable {
  enum Grade: String, Sendable, Hashable {
    case good = "ok"
    /// Works, but not as well as it could.
    case warning
    /// Something essential is missing.
    case problem
  }

  let subject: String
  let grade: Grade
  let message: String
  /// What to do about it.
  let hint: String?

  init(_ subject: String, _ grade: Grade, _ message: String, hint: String? = nil) {
    self.subject = subject
    self.grade = grade
    self.message = message
    self.hint = hint
  }

  init(_ subject: String, _ message: String, hint: String? = nil) { self.init(subject, .good, message, hint: hint) }

  /// - Returns: the line, and the hint below it.
  func lines(style: TerminalStyle, column: Int) -> [String] {
    let mark =
      switch grade {
      case .good: style.doneMark
      case .warning: style.warningMark
      case .problem: style.failureMark
      }
    let line = "\(mark) \(TerminalText.padded(subject, to: column))  \(TerminalText.plain(message))"
    return [line] + (hint.map { [String(repeating: " ", count: column + 4) + TerminalText.plain($0)] } ?? [])
  }

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "subject": .string(subject), "grade": .string(grade.rawValue), "message": .string(message),
    ]
    if let hint { members["hint"] = .string(hint) }
    return .object(members)
  }
}
