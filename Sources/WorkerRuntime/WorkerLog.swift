import CanonicalJSON
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Log lines on stderr, one JSON object each; the engine reads them and adds time and job.
enum WorkerLog {
  static func write(_ level: LogLevel, _ message: String, unit: UnitID?, trace: String?) {
    var members: [String: JSONValue] = ["level": .string(level.rawValue), "message": .string(message)]
    if let unit { members["unit"] = .string(unit.description) }
    if let trace { members["trace"] = .string(trace) }
    // Strings and objects always have a canonical form, so this cannot fail.
    guard var line = try? CanonicalEncoder().encode(JSONValue.object(members)) else { return }
    line.append(UInt8(ascii: "\n"))
    // Nobody can be told of a log line that could not be written.
    _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
