import CanonicalJSON
import Logging
import Synchronization

/// Turns a worker's stderr into log records: its own JSON lines at their level, what libraries print at `debug`.
final class WorkerLogReader: Sendable {
  /// Lines that one worker may fill the log with; a library that complains about every glyph writes millions.
  private static let lineLimit = 2_000
  /// Characters of a line that are kept.
  private static let lineLength = 1_000

  private let logger: Logger
  private let process: Int32
  private let count = Atomic<Int>(0)

  init(logger: Logger, process: Int32) {
    self.logger = logger
    self.process = process
  }

  func read(_ line: [UInt8]) {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    guard number <= Self.lineLimit else {
      if number == Self.lineLimit + 1 { logger.warning("a worker's further log lines are dropped", metadata: metadata) }
      return
    }
    // A line that is no JSON of ours is some library's.
    guard let value = try? CanonicalDecoder().decode(JSONValue.self, from: line),
      let level = value["level"]?.string.flatMap(Logger.Level.init(rawValue:)), let message = value["message"]?.string
    else {
      logger.debug("\(String(decoding: line.prefix(Self.lineLength), as: UTF8.self))", metadata: metadata)
      return
    }
    var metadata = metadata
    if let unit = value["unit"]?.string { metadata["unit"] = "\(unit)" }
    if let trace = value["trace"]?.string { metadata["trace"] = "\(trace)" }
    logger.log(level: level, "\(message.prefix(Self.lineLength))", metadata: metadata)
  }

  private var metadata: Logger.Metadata { ["worker": "\(process)"] }
}
