/// Where a unit stands.
package enum UnitState: String, Codable, Sendable, Hashable, CaseIterable {
  case waiting, ready, running, done, gap, failed, cancelled
}
