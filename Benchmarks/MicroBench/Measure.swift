import CanonicalJSON
import Foundation

/// One piece of work that is timed.
struct Measure {
  let name: String
  /// Bytes that one run goes through; 0 where that says nothing.
  var bytes = 0
  /// Operations that one run does.
  var operations = 1
  let run: () async throws -> Void

  private static let rounds = 9
  private static let shortest = 0.05  // seconds a round lasts at least: the clock and the caches do not matter then

  /// For one operation, in the fastest of several rounds: what else the machine does only ever adds.
  func nanoseconds() async throws -> Double {
    let clock = ContinuousClock()
    var runs = 1
    while try await clock.measure({ try await repeated(runs) }) < .seconds(Self.shortest) { runs *= 2 }
    var rounds: [Double] = []
    for _ in 0..<Self.rounds {
      let took = try await clock.measure { try await repeated(runs) }
      rounds.append(took / .nanoseconds(1) / Double(runs * operations))
    }
    return rounds.min() ?? 0
  }

  private func repeated(_ runs: Int) async throws { for _ in 0..<runs { try await run() } }

  func line(_ nanoseconds: Double) -> String {
    let rate = bytes > 0 ? "\(Int(megabytes(nanoseconds).rounded())) MB/s" : ""
    return [name.padding(toLength: 34, withPad: " ", startingAt: 0), Self.time(nanoseconds), rate]
      .joined(separator: "  ")
  }

  func json(_ nanoseconds: Double) -> JSONValue {
    var members: [String: JSONValue] = ["name": .string(name), "nanoseconds": .number(nanoseconds.rounded())]
    if bytes > 0 { members["megabytes_per_second"] = .number(megabytes(nanoseconds).rounded()) }
    return .object(members)
  }

  private func megabytes(_ nanoseconds: Double) -> Double {
    Double(bytes) / Double(operations) / nanoseconds * 1000
  }

  private static func time(_ nanoseconds: Double) -> String {
    let text =
      switch nanoseconds {
      case ..<10_000: "\(Int(nanoseconds.rounded())) ns"
      case ..<10_000_000: "\(Int((nanoseconds / 1000).rounded())) µs"
      default: "\(Int((nanoseconds / 1_000_000).rounded())) ms"
      }
    return String(repeating: " ", count: max(0, 10 - text.count)) + text
  }
}
