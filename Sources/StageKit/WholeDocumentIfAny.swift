/// The optional need for a document stage's result: a gap may stand in for it.
package struct WholeDocumentIfAny<Output: StageOutput>: Need {
  package static var requirement: Requirement { Requirement(.document, Output.stage, optional: true) }

  private let artifacts: any ArtifactSource

  package init(unit: UnitID, artifacts: any ArtifactSource) { self.artifacts = artifacts }

  package func load() throws -> Arrival<Output> {
    let name = UnitID(Output.stage)
    if let code = try artifacts.gap(of: name) { return .gap(code) }
    return .value(try artifacts.payload(of: name, as: Output.self))
  }
}
