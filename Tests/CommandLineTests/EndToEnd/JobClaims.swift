import Foundation
import Ledger
import StageKit
import Testing

/// What must hold of a job that was interrupted, however and however often, once it is done.
struct JobClaims {
  let checkpoints: [String: Data]
  let results: [String: Data]

  /// - Parameter place: where the job ran undisturbed.
  init(of place: SheafPlace) async throws {
    checkpoints = try await place.tree()
    results = place.results()
  }

  func check(_ place: SheafPlace, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    Self.expectEqual(try await place.tree(), checkpoints, "checkpoints", sourceLocation)
    Self.expectEqual(place.results(), results, "results", sourceLocation)
    try await Self.expectNothingTwice(place, sourceLocation)
    #expect(try place.leftovers() == [], sourceLocation: sourceLocation)
  }

  /// Bytes are compared, paths are told: nobody reads a megabyte of differences.
  static func expectEqual(
    _ found: [String: Data], _ expected: [String: Data], _ what: Comment,
    _ sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let paths = Set(found.keys).union(expected.keys).sorted()
    let differing = paths.filter { found[$0] != expected[$0] }
    #expect(differing == [], what, sourceLocation: sourceLocation)
    #expect(!paths.isEmpty, what, sourceLocation: sourceLocation)
  }

  /// A unit's attempts were all cut short but the last, which made its result: what was committed never ran again.
  static func expectNothingTwice(
    _ place: SheafPlace, _ sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let attempts = Dictionary(grouping: try await place.attempts(), by: \.unit)
    let wrong = attempts.filter { _, tries in
      let outcomes = tries.sorted { $0.attempt < $1.attempt }.map { $0.outcome?.name ?? "open" }
      return outcomes.last != "succeeded" || outcomes.dropLast().contains { $0 != "interrupted" && $0 != "killed" }
    }
    #expect(
      wrong.map { "\($0.key): \($0.value.map { $0.outcome?.name ?? "open" })" }.sorted() == [],
      sourceLocation: sourceLocation)
    #expect(attempts.count > 15, sourceLocation: sourceLocation)
  }
}
