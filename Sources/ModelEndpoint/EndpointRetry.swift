/// How often and when a question is asked again.
package struct EndpointRetry: Sendable {
  /// Tries of one question.
  package var attempts: Int
  /// The longest pause after the first; each further one may be twice as long.
  package var first: Duration
  /// The longest pause of all, also where a server asks for more: then it is another day's question.
  package var longest: Duration

  package init(attempts: Int = 3, first: Duration = .seconds(1), longest: Duration = .seconds(30)) {
    self.attempts = attempts
    self.first = first
    self.longest = longest
  }

  /// The pause before the next try: half of it is left to chance, so that those who failed together do not come back
  /// together.
  ///
  /// - Parameters:
  ///   - attempt: how many there have been.
  ///   - asked: seconds that the server asked for.
  /// - Returns: nil where there is to be none.
  func pause(after attempt: Int, asked: Double?) -> Duration? {
    guard attempt < attempts else { return nil }
    if let asked, asked.isFinite {
      let pause = Duration.seconds(max(0, min(asked, 86_400)))
      return pause <= longest ? pause : nil
    }
    let most = min(first * (1 << min(attempt - 1, 16)), longest)
    return most * Double.random(in: 0.5...1)
  }
}
