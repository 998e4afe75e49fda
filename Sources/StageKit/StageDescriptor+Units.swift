extension StageDescriptor {
  /// Whether a unit is one of this row's.
  package func serves(_ unit: UnitID) -> Bool {
    guard unit.stage == stage else { return false }
    return switch (scope, unit.subject) {
    case (.page, .page), (.document, .document), (.documentWithParts, .document): true
    case (.format, .format(let name)): name == format?.rawValue
    default: false
    }
  }
}
