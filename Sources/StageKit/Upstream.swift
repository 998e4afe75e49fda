/// The inputs of a stage, each as its own type: `Upstream<SamePage<OCROutput>, SamePage<LayoutOutput>>`.
///
/// A stage takes them apart with `let (words, layout) = input.needs` and loads each when it wants it.
package struct Upstream<each N: Need>: UpstreamNeeds {
  package let needs: (repeat each N)

  package init(unit: UnitID, artifacts: any ArtifactSource) {
    needs = (repeat (each N)(unit: unit, artifacts: artifacts))
  }

  package static var requirements: [Requirement] {
    var all: [Requirement] = []
    for requirement in repeat (each N).requirement { all.append(requirement) }
    return all
  }
}
