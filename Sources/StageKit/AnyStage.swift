import CanonicalJSON

/// A stage without its types, for the catalogue of a worker.
package struct AnyStage {
  package let descriptor: StageDescriptor
  /// The types whose schemas describe its checkpoints: the output, then the part if there is one.
  package let outputs: [any StageOutput.Type]
  /// The options as the stage itself begins with them.
  package let defaults: JSONValue
  private let body: (UnitID, JSONValue, any ArtifactSource, any StageContext) throws -> any StageOutput

  package init<S: Stage>(_ type: S.Type, part: (any StageOutput.Type)? = nil) throws {
    descriptor = StageDescriptor(
      stage: S.id, version: S.version, scope: S.scope, format: S.format, needs: S.Input.requirements,
      options: S.Options.descriptors, ingredients: try S.ingredients(), consults: S.consults)
    defaults = try CanonicalDecoder().decode(JSONValue.self, from: CanonicalEncoder().encode(S.Options()))
    outputs = [S.Output.self] + (part.map { [$0] } ?? [])
    let read = ReadOptions<S.Options>()
    body = { unit, options, artifacts, context in
      try S().run(S.Input(unit: unit, artifacts: artifacts), options: read.options(options), context: context)
    }
  }

  package func run(_ unit: UnitID, options: JSONValue, artifacts: any ArtifactSource, context: any StageContext) throws
    -> any StageOutput
  {
    try body(unit, options, artifacts, context)
  }
}

/// The options that the units before had: most of a job's units have the same.
///
/// Used from one thread.
private final class ReadOptions<Options: StageOptions> {
  private var last: (json: JSONValue, options: Options)?

  func options(_ json: JSONValue) throws -> Options {
    if let last, last.json == json { return last.options }
    let options = try CanonicalDecoder().decode(Options.self, from: CanonicalEncoder().encode(json))
    last = (json, options)
    return options
  }
}
