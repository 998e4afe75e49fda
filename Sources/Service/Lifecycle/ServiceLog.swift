import Foundation
import Logging

/// The server's log: one line of text on standard error for each event.
package struct ServiceLog: LogHandler {
  package var metadata: Logger.Metadata = [:]
  private let threshold: LogThreshold

  package init(_ threshold: LogThreshold) { self.threshold = threshold }

  /// That of the whole server; SIGHUP changes it for every copy.
  package var logLevel: Logger.Level {
    get { threshold.level }
    set { threshold.apply(newValue.rawValue) }
  }

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
