/// The optional need for another stage's result on the same page: a gap may stand in for it.
package struct SamePageIfAny<Output: StageOutput>: Need {
  package static var requirement: Requirement { Requirement(.samePage, Output.stage, optional: true) }

  private let name: UnitID
  private let artifacts: any ArtifactSource

  package init(unit: UnitID, artifacts: any ArtifactSource) {
    name = UnitID(Output.stage, unit.subject)
    self.artifacts = artifacts
  }

  package func load() throws -> Arrival<Output> {
    if let code = try artifacts.gap(of: name) { return .gap(code) }
    return .value(try artifacts.payload(of: name, as: Output.self))
  }

  package func file(_ file: String) throws -> InputFile { try artifacts.file(file, of: name) }
}
