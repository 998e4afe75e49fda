import Foundation
import Logging

/// The server's log: one JSON object a line on standard error.
package struct ServiceLog: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level

  /// - Parameter level: as in the settings.
  package static func logger(_ level: String) -> Logger {
    Logger(label: "sheaf") { _ in ServiceLog(logLevel: Logger.Level(rawValue: level) ?? .info) }
  }

  package init(logLevel: Logger.Level) { self.logLevel = logLevel }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let details = all.keys.sorted().map { " \($0)=\(all[$0].map { "\($0)" } ?? "")" }.joined()
    // What cannot be logged cannot be told anywhere.
    try? FileHandle.standardError.write(contentsOf: Data("\(event.level): \(event.message)\(details)\n".utf8))
  }
}
