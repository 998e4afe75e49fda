import Foundation
import Logging

/// The engine's log: silent, unless `SHEAF_LOG` names a level; then lines on standard error.
struct EngineLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  /// - Parameter environment: the process's; `SHEAF_LOG=debug`.
  static func logger(environment: [String: String] = ProcessInfo.processInfo.environment) -> Logger {
    guard let level = environment["SHEAF_LOG"].flatMap({ Logger.Level(rawValue: $0.lowercased()) }) else {
      return Logger(label: "sheaf") { _ in SwiftLogNoOpLogHandler() }
    }
    return Logger(label: "sheaf") { _ in EngineLog(logLevel: level) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let details = all.keys.sorted().map { " \($0)=\(all[$0].map { "\($0)" } ?? "")" }.joined()
    StandardStream.error.write(TerminalText.plain("\(event.level): \(event.message)\(details)") + "\n")
  }
}
