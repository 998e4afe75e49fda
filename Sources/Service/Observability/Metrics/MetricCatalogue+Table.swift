extension MetricCatalogue {
  /// The rows of the table in docs/operations.md.
  package static var table: [String] {
    families.map { family in
      let labels = family.labels.map { "`\($0)`" }.joined(separator: ", ")
      return "| `\(family.name)` | \(family.kind.rawValue) | \(labels) | \(family.help) |"
    }
  }
}
