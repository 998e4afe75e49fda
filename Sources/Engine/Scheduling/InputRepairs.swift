import StageKit

/// How often units of a job called an input damaged, so that it was made again.
struct InputRepairs: Sendable {
  /// One error of a disk is likely, three in the same file are not: then the reader cannot take what is sound.
  private static let limit = 2

  /// For each unit what it had asked for last, and how often; nil where its worker held all that it read.
  private var counts: [UnitID: [Digest?: Int]] = [:]

  /// Counts a complaint.
  ///
  /// - Parameter input: what the unit had asked for last; nil where it asked for nothing.
  /// - Returns: whether it is to be made again.
  mutating func note(_ input: Digest?, of unit: UnitID) -> Bool {
    counts[unit, default: [:]][input, default: 0] += 1
    let complaints = counts[unit] ?? [:]
    // One without a name may be about any of the others: which worker holds what must not say how often a unit is tried.
    let unnamed = complaints[nil] ?? 0
    let named = input.map { complaints[$0] ?? 0 } ?? complaints.lazy.filter { $0.key != nil }.map(\.value).max() ?? 0
    return unnamed + named <= Self.limit
  }
}
