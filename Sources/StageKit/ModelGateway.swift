/// Talks to the configured endpoint in place of workers, which have no sockets: nothing but questions and answers passes.
package protocol ModelGateway: Sendable {
  /// Which models there are.
  var offer: ModelOffer { get }

  /// How many questions it takes at the same time: so many workers may wait for it.
  var concurrency: Int { get }

  /// Asks, with retries; ends early where the task is cancelled.
  ///
  /// - Throws: `StageFailure` with `model_unavailable` where nobody answers, `model_refused` where the endpoint does not
  ///   want to or answers nonsense; `CancellationError`.
  func answer(_ question: ModelQuestion) async throws -> ModelAnswer
}
