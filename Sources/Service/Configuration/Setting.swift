/// One option of the server: its name everywhere, what it may be, and what it is if nobody says.
///
/// In the file it stands under its dotted key (`queue.jobs` is `jobs` below `queue`), in the environment as
/// `SHEAF_QUEUE_JOBS`, among the flags as `--set queue.jobs=500`.
package protocol Setting: Sendable {
  associatedtype Value: Sendable

  /// Dotted, lower case, words joined by underscores: `queue.jobs`.
  var key: String { get }
  /// One sentence.
  var help: String { get }
  /// Whether SIGHUP changes it, or only a new start.
  var isReloadable: Bool { get }
  /// The default as it would be written in the file, with what it depends on.
  var defaultText: String { get }
  /// What is allowed, for the table: `1 to 1000000 jobs`.
  var bound: String { get }

  /// Whether its value is nobody's business, and never told again.
  var isSecret: Bool { get }

  var defaultValue: Value { get }

  /// - Throws: `SettingFailure` that says what is allowed.
  func read(_ text: String) throws(SettingFailure) -> Value
}

extension Setting {
  /// The variable of the environment: `SHEAF_QUEUE_JOBS`.
  package var variable: String {
    "SHEAF_" + String(key.map { $0 == "." ? "_" : $0 }).uppercased()
  }

  func rejected(_ text: String) -> SettingFailure {
    // A secret that was misspelt is nearly a secret, and failures are logged.
    let given = isSecret ? "what was given" : "\"\(text.prefix(80))\""
    return SettingFailure(key: key, message: "cannot be \(given); it takes \(bound)")
  }

  package var isSecret: Bool { false }
}

/// A wrong option: it stops the start.
package struct SettingFailure: Error, Sendable, Hashable, CustomStringConvertible {
  package let key: String
  package let message: String

  package init(key: String, message: String) {
    self.key = key
    self.message = message
  }

  package var description: String { "\(key) \(message)" }
}
