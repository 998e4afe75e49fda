/// The need of a document stage for every page's result, fetched one page at a time so that memory does not grow with
/// their number; any page may be a gap.
package struct EveryPage<Output: StageOutput>: Need {
  package static var requirement: Requirement { Requirement(.everyPage, Output.stage, optional: true) }

  private let artifacts: any ArtifactSource

  package init(unit: UnitID, artifacts: any ArtifactSource) { self.artifacts = artifacts }

  /// The job's pages, ascending.
  package var pages: [Int] { artifacts.pages }

  package func load(page: Int) throws -> Arrival<Output> {
    let name = UnitID(Output.stage, .page(page))
    if let code = try artifacts.gap(of: name) { return .gap(code) }
    return .value(try artifacts.payload(of: name, as: Output.self))
  }

  package func file(_ file: String, page: Int) throws -> InputFile {
    try artifacts.file(file, of: UnitID(Output.stage, .page(page)))
  }
}
