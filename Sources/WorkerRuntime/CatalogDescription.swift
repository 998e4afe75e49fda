import CanonicalJSON
import Checkpoints
import Foundation
import StageKit

/// What `sheaf-worker describe` tells: the plan, and the schemas of its checkpoints.
struct CatalogDescription {
  let stages: [AnyStage]
  /// How far this process is confined; nil where that was not tried.
  var sandbox: SandboxReport?

  func print() throws {
    let plan = PlanDescription(stages: stages.map(\.descriptor), recorded: Surroundings.recorded(), sandbox: sandbox)
    FileHandle.standardOutput.write(Data(try CanonicalEncoder().encode(plan) + [UInt8(ascii: "\n")]))
  }

  /// Writes one JSON Schema per stage, `03-ocr.schema.json`, into a folder that is there.
  func writeSchemas(to folder: String) throws {
    // The formats of export share one output type, hence one schema.
    var written: Set<StageID> = []
    for stage in stages where written.insert(stage.descriptor.stage).inserted {
      let schema = CheckpointSchema.document(
        of: stage.outputs[0], part: stage.outputs.dropFirst().first, scope: stage.descriptor.scope)
      let bytes = try JSONText.prettyPrinted(CanonicalEncoder().encode(schema)) + [UInt8(ascii: "\n")]
      let file = URL(fileURLWithPath: folder).appendingPathComponent(
        CheckpointSchema.fileName(of: stage.descriptor.stage))
      try Data(bytes).write(to: file, options: .atomic)
    }
  }
}
