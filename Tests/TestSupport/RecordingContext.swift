import CanonicalJSON
import Foundation
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// A stage context that keeps what a stage does with it.
package final class RecordingContext: StageContext {
  package let unit: UnitID
  package var source: Digest
  package var password: String?
  package var unreadablePages: Set<Int> = []
  package var languageModel: (any LanguageModel)?
  package var embeddingModel: (any EmbeddingModel)?
  package private(set) var fractions: [Double] = []
  package private(set) var entered: [Int] = []
  /// Part payloads as canonical JSON, by page.
  package private(set) var parts: [Int: [UInt8]] = [:]
  package private(set) var gaps: [Int: GapCode] = [:]
  package private(set) var logs: [String] = []
  private let folder: TemporaryFolder
  private var made: [String] = []
  private var kept: [ObjectIdentifier: (key: String, value: AnyObject)] = [:]

  package init(_ unit: UnitID, source: Digest = Digest(of: [])) throws {
    self.unit = unit
    self.source = source
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(at: folder.file("scratch"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: folder.file("files"), withIntermediateDirectories: true)
  }

  package var scratch: String { folder.file("scratch").path }

  /// The names of the files made, in order.
  package var fileNames: [String] { made }

  /// The bytes of a file the stage made.
  package func bytes(of name: String) throws -> [UInt8] { Array(try Data(contentsOf: path(of: name))) }

  package func part<Part: StageOutput>(_ type: Part.Type, page: Int) throws -> Part? {
    try parts[page].map { try CanonicalDecoder().decode(type, from: $0) }
  }

  package func progress(_ fraction: Double) { fractions.append(fraction) }

  package func entering(page: Int) throws { entered.append(page) }

  package func makeFile(named name: String) throws -> OutputFile {
    made.append(name)
    let descriptor = open(path(of: name).path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return OutputFile(name: name, descriptor: descriptor)
  }

  package func emit(part: some StageOutput, page: Int) throws { parts[page] = try CanonicalEncoder().encode(part) }

  package func emit(gap: GapCode, page: Int) throws { gaps[page] = gap }

  package func log(_ level: LogLevel, _ message: String) { logs.append("\(level.rawValue): \(message)") }

  package func warm<Value: AnyObject>(_ key: String, make: () throws -> Value) throws -> Value {
    let type = ObjectIdentifier(Value.self)
    if let entry = kept[type], entry.key == key, let value = entry.value as? Value { return value }
    kept[type] = nil
    let value = try make()
    kept[type] = (key, value)
    return value
  }

  private func path(of name: String) -> URL {
    folder.file("files").appendingPathComponent(name.replacingOccurrences(of: "/", with: "%2F"))
  }
}
