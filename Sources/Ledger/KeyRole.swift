/// What an API key may do; each role may do all that the one before it may.
package enum KeyRole: String, Codable, Sendable, Hashable, CaseIterable, Comparable {
  /// Looks at its own jobs.
  case read
  /// Submits jobs and changes its own.
  case submit
  /// Sees and changes everybody's, and the server itself.
  case admin

  package static func < (left: KeyRole, right: KeyRole) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .read: 0
    case .submit: 1
    case .admin: 2
    }
  }
}
