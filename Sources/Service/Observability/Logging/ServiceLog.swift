import Logging

/// The server's log: one JSON object a line on standard error, written by a thread of its own.
package struct ServiceLog: LogHandler {
  package var metadata: Logger.Metadata = [:]
  private let sink: LogSink
  private let level: LiveLogLevel

  /// - Parameter level: as in the settings; `LiveLogLevel.shared` changes it while the server runs.
  package static func logger(_ level: String) -> Logger {
    LiveLogLevel.shared.set(level)
    return Logger(label: "sheaf") { _ in ServiceLog(sink: .standardError, level: .shared) }
  }

  init(sink: LogSink, level: LiveLogLevel) {
    self.sink = sink
    self.level = level
  }

  /// What is set here counts for all loggers: there is one log.
  package var logLevel: Logger.Level {
    get { level.value }
    set { level.value = newValue }
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
    sink.write(LogLine.json(event.level, event.message.description, all), level: event.level)
  }
}
