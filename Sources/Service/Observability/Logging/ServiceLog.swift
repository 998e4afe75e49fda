import Logging

/// The server's log: one JSON object a line on standard error, written by a thread of its own.
package struct ServiceLog: LogHandler {
  package var metadata: Logger.Metadata = [:]
  private let threshold: LogThreshold
  private let sink: LogSink

  /// - Parameter threshold: that of the whole server; a reload of the settings changes it for every copy.
  package init(_ threshold: LogThreshold) { self.init(threshold, sink: .standardError) }

  init(_ threshold: LogThreshold, sink: LogSink) {
    self.threshold = threshold
    self.sink = sink
  }

  package var logLevel: Logger.Level {
    get { threshold.level }
    set { threshold.apply(newValue.rawValue) }
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
