/// The required need for another stage's result on the same page.
package struct SamePage<Output: StageOutput>: Need {
  package static var requirement: Requirement { Requirement(.samePage, Output.stage) }

  private let name: UnitID
  private let artifacts: any ArtifactSource

  package init(unit: UnitID, artifacts: any ArtifactSource) {
    name = UnitID(Output.stage, unit.subject)
    self.artifacts = artifacts
  }

  package func load() throws -> Output { try artifacts.payload(of: name, as: Output.self) }

  /// Opens a file of that checkpoint by the name its payload gives.
  package func file(_ file: String) throws -> InputFile { try artifacts.file(file, of: name) }
}
