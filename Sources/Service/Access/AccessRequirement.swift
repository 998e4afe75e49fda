import HTTPServer
import Ledger

/// What a path asks of its caller.
enum AccessRequirement: Equatable {
  /// Nothing: what there is to see there is for all.
  case open
  case role(KeyRole)
  /// A key of role admin, or the operator's own socket, even where no authentication is asked for: what is done there
  /// outlasts that.
  case administrator

  init(_ request: Request, opensMetrics: Bool) {
    self.init(request.method, request.target.segments, opensMetrics: opensMetrics)
  }

  /// Of a route, for its description.
  init(_ method: HTTPMethod, path: String) {
    self.init(method, path.split(separator: "/").map(String.init), opensMetrics: false)
  }

  private init(_ method: HTTPMethod, _ segments: [String], opensMetrics: Bool) {
    let isSafe = [.get, .head, .options].contains(method)
    switch segments.first {
    case "api": self = Self.api(segments.dropFirst(2).first, isSafe: isSafe)
    case "health" where segments.last == "queue": self = .role(.read)
    case "health" where segments.count > 1: self = .open
    case "metrics": self = opensMetrics ? .open : .role(.admin)
    // The interface of other people's clients.
    case "v1": self = .role(isSafe ? .read : .submit)
    // The viewer's files, and what tells programs about us.
    default: self = isSafe ? .open : .role(.submit)
    }
  }

  /// - Parameter name: what follows the version.
  private static func api(_ name: String?, isSafe: Bool) -> AccessRequirement {
    switch name {
    // Checks the key itself.
    case "session": .open
    // A ticket opens what its holder may see.
    case "tickets": .role(.read)
    // What a bundle brings, other people's jobs over the same document use.
    case "keys", "bundles": .administrator
    default: .role(isSafe ? .read : .submit)
    }
  }
}
