import Foundation

/// Exports kept in `Tests/Fixtures`; with `SHEAF_WRITE_GOLDEN=1` they are written anew instead.
enum GoldenFile {
  /// The kept bytes of an export, or these where they have just been written.
  static func bytes(_ name: String, now: [UInt8], file: String = #filePath) throws -> [UInt8] {
    let url = URL(fileURLWithPath: file).appendingPathComponent("../../../Fixtures/15-Export/\(name)").standardized
    if ProcessInfo.processInfo.environment["SHEAF_WRITE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(now).write(to: url)
    }
    return Array(try Data(contentsOf: url))
  }
}
