/// The need for the document's own bytes.
package struct SourceDocument: Need {
  package static var requirement: Requirement { Requirement(.source, nil) }

  private let artifacts: any ArtifactSource

  package init(unit: UnitID, artifacts: any ArtifactSource) { self.artifacts = artifacts }

  package func open() throws -> InputFile { try artifacts.document() }
}
