/// One thing a stage needs, as a type: it names itself for the plan and fetches itself for the stage.
package protocol Need {
  static var requirement: Requirement { get }

  init(unit: UnitID, artifacts: any ArtifactSource)
}
