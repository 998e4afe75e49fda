import CanonicalJSON
import Checkpoints
import Foundation
import StageKit

/// The schemas of what stands in checkpoints, as the installed worker tells them.
package enum StageSchemas {
  /// The schema of a unit's payload, or of a part's.
  ///
  /// - Parameter program: the worker; nil seeks it beside this program.
  /// - Throws: `StageFailure` where the worker does not tell it, or it says more than can be checked here.
  package static func payload(of unit: UnitID, from program: WorkerProgram? = nil) async throws -> JSONSchema {
    let text = try await texts(of: [unit.stage], from: program)[unit.stage] ?? []
    return try payload(of: unit, in: try CanonicalDecoder().decode(JSONValue.self, from: text))
  }

  /// The schemas of stages' whole checkpoint files, as JSON.
  ///
  /// - Throws: `StageFailure` where the worker does not tell them.
  package static func texts(
    of stages: [StageID] = StageID.allCases, from program: WorkerProgram? = nil
  ) async throws -> [StageID: [UInt8]] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sheaf-schemas-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    // A folder of small files that is left behind harms nobody.
    defer { try? FileManager.default.removeItem(at: folder) }
    try await (program ?? WorkerProgram()).writeSchemas(to: folder.path)
    var texts: [StageID: [UInt8]] = [:]
    for stage in stages {
      texts[stage] = Array(try Data(contentsOf: folder.appendingPathComponent(CheckpointSchema.fileName(of: stage))))
    }
    return texts
  }

  /// - Parameter document: the schema of a stage's whole checkpoint files.
  package static func payload(of unit: UnitID, in document: JSONValue) throws -> JSONSchema {
    // A stage with parts has two kinds of checkpoints: the document's first, then a page's.
    let kinds = document["oneOf"]?.array ?? [document]
    let kind = unit.page != nil ? kinds.last : kinds.first
    guard let schema = kind?["properties"]?["payload"], let definitions = document["$defs"]?.object else {
      throw failure(unit, "has no schema of its payload")
    }
    do {
      return try JSONSchema(schema, definitions: definitions, decimals: coordinateDecimals)
    } catch {
      throw failure(unit, "says more than can be checked here: \(error)")
    }
  }

  private static let coordinateDecimals = 2  // of points: a hundredth is 4 µm

  private static func failure(_ unit: UnitID, _ what: String) -> StageFailure {
    StageFailure(
      .internalError, "The schema of \(unit.stage.rawValue) \(what).",
      hint: "Install sheaf and sheaf-worker from one release.")
  }
}
