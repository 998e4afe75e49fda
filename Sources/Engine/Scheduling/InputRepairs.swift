import StageKit

/// How often units of a job called an input damaged, so that it was made again.
struct InputRepairs: Sendable {
  private struct Complaint: Hashable {
    let unit: UnitID
    let input: Digest?
  }

  /// One error of a disk is likely, three in the same file are not: then the reader cannot take what is sound.
  private static let limit = 2

  private var counts: [Complaint: Int] = [:]

  /// Counts a complaint.
  ///
  /// - Parameter input: what the unit had asked for last.
  /// - Returns: whether it is to be made again.
  mutating func note(_ input: Digest?, of unit: UnitID) -> Bool {
    counts[Complaint(unit: unit, input: input), default: 0] += 1
    return counts[Complaint(unit: unit, input: input), default: 0] <= Self.limit
  }
}
