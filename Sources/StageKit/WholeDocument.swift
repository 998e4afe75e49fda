/// The required need for a document stage's result.
package struct WholeDocument<Output: StageOutput>: Need {
  package static var requirement: Requirement { Requirement(.document, Output.stage) }

  private let artifacts: any ArtifactSource

  package init(unit: UnitID, artifacts: any ArtifactSource) { self.artifacts = artifacts }

  package func load() throws -> Output { try artifacts.payload(of: UnitID(Output.stage), as: Output.self) }
}
