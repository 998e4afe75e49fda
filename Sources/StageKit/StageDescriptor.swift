/// A stage as `sheaf-worker describe` tells it: all that the engine knows of it.
package struct StageDescriptor: Codable, Sendable, Hashable {
  package let stage: StageID
  package let version: Int
  package let scope: StageScope
  /// For export: the format that this row makes.
  package let format: ExportFormat?
  package let needs: [Requirement]
  package let options: [OptionDescriptor]
  package let ingredients: StageIngredients
  package let consults: ModelConsultation

  package init(
    stage: StageID, version: Int, scope: StageScope, format: ExportFormat?, needs: [Requirement],
    options: [OptionDescriptor], ingredients: StageIngredients, consults: ModelConsultation = .none
  ) {
    self.stage = stage
    self.version = version
    self.scope = scope
    self.format = format
    self.needs = needs
    self.options = options
    self.ingredients = ingredients
    self.consults = consults
  }
}
