import Checkpoints
import Foundation
import StageKit
import TestSupport

/// A data folder of its own for one test.
final class Workplace {
  let temporary: TemporaryFolder
  let data: DataFolder
  let owner = "3B0F5C1E"
  private var attempts = 0

  init() throws {
    temporary = try TemporaryFolder()
    data = DataFolder(temporary.path + "/data")
    try data.create()
    try data.sweepTemporary(for: owner)
  }

  var objects: ObjectFolder { ObjectFolder(data) }

  /// A finished file of an attempt.
  func attempt(_ bytes: [UInt8]) throws -> AttemptFile {
    attempts += 1
    let path = "\(data.temporary(of: owner))/attempt-\(attempts)"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return AttemptFile(path: path, digest: Digest(of: bytes), length: bytes.count)
  }

  func attempt(_ text: String) throws -> AttemptFile { try attempt(Array(text.utf8)) }

  /// Publishes an object.
  func object(_ text: String) throws -> ObjectReference {
    let file = try attempt(text)
    try objects.put([file])
    return ObjectReference(digest: file.digest, length: file.length)
  }

  /// Writes a checkpoint file outside of the data folder and lends its bytes.
  func checkpoint(_ envelope: CheckpointEnvelope, _ payload: [UInt8], files: [FileRecord] = []) throws
    -> (record: CheckpointRecord, bytes: [UInt8])
  {
    attempts += 1
    let path = temporary.path + "/checkpoint-\(attempts)"
    let output = OutputFile(name: envelope.fileName, descriptor: open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600))
    let record = try envelope.write(payload: payload, files: files, to: output)
    return (record, try bytes(at: path))
  }

  func bytes(at path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

  func text(at path: String) throws -> String { String(decoding: try bytes(at: path), as: UTF8.self) }

  func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }

  func names(in path: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

/// The code of a `StageFailure`; nil where nothing was thrown.
func code(_ body: () throws -> Void) throws -> ErrorCode? {
  do {
    try body()
    return nil
  } catch let failure as StageFailure {
    return failure.code
  }
}
