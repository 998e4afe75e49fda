/// What a worker says to the engine, one JSON object per frame.
package enum WorkerMessage: Codable, Sendable, Hashable {
  /// Once, when it can take orders.
  case ready(protocol: Int)
  /// The plan, as `sheaf-worker describe` prints it.
  case described(plan: PlanDescription)
  /// Asks for a checkpoint, or for a file that belongs to one; answered by `granted` with a descriptor, or by `refused`.
  case input(unit: UnitID, file: String?)
  /// Asks for the document as received.
  case document
  /// Asks for an empty file in the attempt's folder.
  case output(name: String)
  /// Asks a model, in an order that allows it; answered by `answered` or `refused`.
  case ask(question: ModelQuestion)
  case progress(fraction: Double)
  /// The page it is about to touch.
  case entering(page: Int)
  case finished(report: UnitReport)
  case failed(failure: StageFailure)
}
