/// What the engine says to a worker, one JSON object per frame.
package enum EngineMessage: Codable, Sendable, Hashable {
  case order(order: UnitOrder)
  /// Asks for the plan; answered by `described`.
  case describe
  /// The descriptor that was asked for travels with this frame; digest and length are those recorded for it, absent for outputs.
  case granted(digest: Digest?, length: Int?)
  /// A model's answer.
  case answered(answer: ModelAnswer)
  case refused(failure: StageFailure)
}
