import CanonicalJSON
import Checkpoints
import StageKit

/// The fifteen stages as the worker described them: what plans are made from and options are checked against.
package struct Pipeline: Sendable {
  package let description: PlanDescription
  /// The models that the configured endpoint has; nil where none is configured.
  package let models: ModelOffer?
  private let rows: [StageID: [StageDescriptor]]

  package init(_ description: PlanDescription, models: ModelOffer? = nil) {
    self.description = description
    self.models = models
    rows = Dictionary(grouping: description.stages, by: \.stage)
  }

  /// The row that a unit belongs to; nil where the plan has no such unit.
  func row(of unit: UnitID) -> StageDescriptor? { rows[unit.stage]?.first { $0.serves(unit) } }

  /// Over what a stage runs.
  func scope(of stage: StageID) -> StageScope? { rows[stage]?.first?.scope }

  /// A unit's effective options: defaults, then the job's overrides in their order, as far as its row knows them.
  func options(of unit: UnitID, overrides: [OptionOverride]) -> JSONValue {
    guard let row = row(of: unit) else { return .object([:]) }
    var values = Dictionary(uniqueKeysWithValues: row.options.map { ($0.name, $0.default) })
    for override in overrides where override.stage == unit.stage && values[override.option] != nil {
      if let pages = override.pages, let page = unit.page, !pages.contains(page) { continue }
      values[override.option] = override.value
    }
    return .object(values)
  }
}
