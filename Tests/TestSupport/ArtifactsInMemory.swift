import CanonicalJSON
import Foundation
import StageKit

/// Upstream artifacts for a stage under test, held as the bytes they would have on disk.
package final class ArtifactsInMemory: ArtifactSource {
  package var pages: [Int]
  /// The document's bytes.
  package var source: [UInt8]
  /// How often a payload has been asked for.
  package private(set) var reads = 0
  private var payloads: [UnitID: [UInt8]] = [:]
  private var files: [UnitID: [String: [UInt8]]] = [:]
  private var gaps: [UnitID: GapCode] = [:]

  package init(pages: [Int] = [1], source: [UInt8] = []) {
    self.pages = pages
    self.source = source
  }

  /// Puts an output in place, through its JSON, so that a stage sees what a checkpoint would give it.
  package func put(_ output: some StageOutput, _ subject: UnitSubject = .document, files: [String: [UInt8]] = [:])
    throws
  {
    let unit = UnitID(type(of: output).stage, subject)
    payloads[unit] = try CanonicalEncoder().encode(output)
    self.files[unit] = files
  }

  package func put(gap: GapCode, for unit: UnitID) { gaps[unit] = gap }

  package func gap(of unit: UnitID) throws -> GapCode? { gaps[unit] }

  package func payload<Output: StageOutput>(of unit: UnitID, as type: Output.Type) throws -> Output {
    reads += 1
    guard let bytes = payloads[unit] else { throw MissingArtifact(unit: unit, file: nil) }
    return try CanonicalDecoder().decode(type, from: bytes)
  }

  package func file(_ name: String, of unit: UnitID) throws -> InputFile {
    guard let bytes = files[unit]?[name] else { throw MissingArtifact(unit: unit, file: name) }
    return try Self.open(bytes)
  }

  package func document() throws -> InputFile { try Self.open(source) }

  /// What a test forgot to put.
  package struct MissingArtifact: Error {
    package let unit: UnitID
    package let file: String?
  }

  private static func open(_ bytes: [UInt8]) throws -> InputFile {
    let descriptor = try TemporaryFile.anonymous()
    try bytes.withUnsafeBytes { try TemporaryFile.write($0, to: descriptor) }
    return try InputFile(descriptor: descriptor)
  }
}
