/// A metric as it is published: one name, its meaning, and what its series are told apart by.
package struct MetricFamily: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable {
    case counter
    case gauge
    case histogram
  }

  /// Begins with `sheaf_` and ends with its unit; counters with `_total`.
  package let name: String
  package let kind: Kind
  package let help: String
  /// Names of the labels, each of a small set of values; never a job, a document or a person.
  package let labels: [String]
  /// Of a histogram: upper bounds in the unit of its name, ascending.
  package let bounds: [Double]

  package init(_ name: String, _ kind: Kind, _ help: String, labels: [String] = [], bounds: [Double] = []) {
    self.name = name
    self.kind = kind
    self.help = help
    self.labels = labels
    self.bounds = bounds
  }
}

extension MetricFamily {
  static func counter(_ name: String, _ help: String, by labels: [String] = []) -> MetricFamily {
    MetricFamily(name, .counter, help, labels: labels)
  }

  static func gauge(_ name: String, _ help: String, by labels: [String] = []) -> MetricFamily {
    MetricFamily(name, .gauge, help, labels: labels)
  }

  static func histogram(
    _ name: String, _ help: String, by labels: [String] = [], bounds: [Double] = MetricFamily.brief
  ) -> MetricFamily {
    MetricFamily(name, .histogram, help, labels: labels, bounds: bounds)
  }

  /// Seconds of what is quick: the disk, the ledger, answers.
  static let brief: [Double] = [
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
  ]
  /// Seconds of work: from a page of a born-digital document to a book.
  static let long: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
  /// How many of something, doubling.
  static let counts: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256]
}
