import CanonicalJSON
import StageKit

/// Takes orders and runs them, one at a time, until the engine closes the channel.
enum FrameLoop {
  static func run(_ catalog: () throws -> [AnyStage]) throws {
    let (channel, sandbox) = try SecuredProcess.begin()
    let link = EngineLink(channel: channel)
    let stages = try catalog()
    let recorded = Surroundings.recorded()
    let warmth = Warmth()
    let held = HeldCheckpoints()
    try link.say(.ready(protocol: PlanDescription.protocolVersion))
    while let (message, descriptor) = try link.hear(idle: held.releaseFiles) {
      switch message {
      case .order where sandbox.refusal != nil:
        if let refusal = sandbox.refusal { try link.say(.failed(failure: refusal)) }
      case .order(let order):
        let order = ReceivedOrder(order: order, checkpoint: descriptor)
        try link.say(answer(order, stages: stages, recorded: recorded, link: link, warmth: warmth, held: held))
      case .describe:
        let plan = PlanDescription(stages: stages.map(\.descriptor), recorded: recorded, sandbox: sandbox.report)
        try link.say(.described(plan: plan))
      case .granted, .answered, .refused: continue  // Nobody waits for it any more.
      }
    }
  }

  private static func answer(
    _ received: ReceivedOrder, stages: [AnyStage], recorded: [String: String], link: EngineLink, warmth: Warmth,
    held: HeldCheckpoints
  ) -> WorkerMessage {
    let order = received.order
    do {
      let run = try UnitRun(received, stages: stages, recorded: recorded, link: link, warmth: warmth, held: held)
      return .finished(report: try run.perform())
    } catch let failure as StageFailure {
      return .failed(failure: failure)
    } catch {
      // A stage's own error type: told in the log in full, to the user in general words.
      WorkerLog.write(.error, "\(error)", unit: order.unit, trace: order.trace)
      return .failed(
        failure: StageFailure(.engineFailed, "The \(order.unit.stage.rawValue) stage failed.", page: order.unit.page))
    }
  }
}
