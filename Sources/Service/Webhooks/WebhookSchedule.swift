/// When a message that was not taken is sent again.
struct WebhookSchedule: Sendable {
  /// Seconds after the first attempt, the second, and so on; after the last of them comes the last attempt.
  var delays: [Double] = [5, 30, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
  /// How far a delay may go either way, so that receivers that come back are not all called at once.
  var jitter = 0.2

  var attempts: Int { delays.count + 1 }

  /// - Parameters:
  ///   - attempt: the number of the one that failed, from 1.
  ///   - asked: seconds that the receiver asked for.
  /// - Returns: nil where that was the last.
  func delay(
    after attempt: Int, asked: Double?, using generator: inout some RandomNumberGenerator
  ) -> Double? {
    guard delays.indices.contains(attempt - 1) else { return nil }
    let delay = delays[attempt - 1] * Double.random(in: (1 - jitter)...(1 + jitter), using: &generator)
    return max(delay, min(asked ?? 0, Self.longestAsked))
  }

  /// A day: whoever asks for more is not coming back.
  private static let longestAsked = 86_400.0
}
