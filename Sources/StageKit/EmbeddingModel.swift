/// The seam to a configured model that turns texts into vectors; absent unless one is configured.
package protocol EmbeddingModel {
  /// The model's name as it enters keys and checkpoints.
  var name: String { get }

  /// One vector per text, in their order.
  ///
  /// - Throws: `StageFailure` with `model_unavailable` or `model_refused`: the endpoint has been tried again by then.
  func embed(_ texts: [String]) throws -> [[Double]]
}
