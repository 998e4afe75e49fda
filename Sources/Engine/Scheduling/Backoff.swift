/// How long to wait before a failed unit is tried again: doubling, with half of it left to chance, so that units which
/// failed together do not come back together.
enum Backoff {
  /// The pause after the first setback, seconds.
  private static let first = 0.25
  /// Never longer, seconds.
  private static let longest = 30.0

  /// - Parameters:
  ///   - setback: from 1.
  ///   - chance: 0…1.
  static func pause(setback: Int, chance: Double) -> Duration {
    let doublings = min(max(setback, 1) - 1, 16)
    let seconds = min(first * Double(1 << doublings), longest)
    return .seconds(seconds * (0.5 + 0.5 * chance))
  }
}
