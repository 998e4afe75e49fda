/// What every `Upstream` can do, whatever its needs.
package protocol UpstreamNeeds {
  static var requirements: [Requirement] { get }

  init(unit: UnitID, artifacts: any ArtifactSource)
}
