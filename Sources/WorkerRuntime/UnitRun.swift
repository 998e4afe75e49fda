import CanonicalJSON
import Checkpoints
import Foundation
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// One unit from its order to its report.
struct UnitRun {
  private let order: UnitOrder
  private let stage: AnyStage
  private let artifacts: RequestedArtifacts
  private let context: UnitContext
  private let held: HeldCheckpoints
  private let recorded: [String: String]

  /// - Throws: `StageFailure` with `engine_drift` where this worker's engines or data are not those of the order.
  init(
    _ received: ReceivedOrder, stages: [AnyStage], recorded: [String: String], link: EngineLink, warmth: Warmth,
    held: HeldCheckpoints
  ) throws {
    let order = received.order
    guard let stage = stages.first(where: { $0.descriptor.serves(order.unit) }) else {
      throw StageFailure(.internalError, "There is no stage for \(order.unit).")
    }
    let engines = try stage.descriptor.keyed(options: order.options, models: order.models)
    guard engines == order.engines, stage.descriptor.version == order.version else {
      throw StageFailure(
        .engineDrift, "The engines installed now are not those this job was planned with.",
        hint: "Resume the job: whole stages run again with the new ones.")
    }
    self.order = order
    self.stage = stage
    self.recorded = recorded
    self.held = held
    artifacts = RequestedArtifacts(order, link: link, held: held)
    context = UnitContext(received, link: link, warmth: warmth, held: held)
  }

  func perform() throws -> UnitReport {
    let started = Self.cpuSeconds()
    try FaultPoint.reach(.order, order.unit.description)
    defer { context.sweep() }
    let output = try stage.run(order.unit, options: order.options, artifacts: artifacts, context: context)
    let checkpoint = try write(output)
    return UnitReport(
      checkpoint: checkpoint, parts: context.parts, gaps: context.gaps, engines: order.engines,
      cpuSeconds: Self.cpuSeconds() - started, residentBytes: ResidentMemory.of(getpid()) ?? 0)
  }

  private func write(_ output: any StageOutput) throws -> CheckpointRecord {
    let payload = try CanonicalEncoder().encode(output)
    let files = try context.finishFiles()
    let recorded = self.recorded.merging(context.models.recorded) { own, _ in own }
    let envelope = CheckpointEnvelope(
      order: order, recorded: .object(recorded.mapValues { .string($0) }), parts: context.partReferences)
    let target = try context.open(named: envelope.fileName)
    try FaultPoint.reach(.write, order.unit.description)
    let record = try envelope.write(payload: payload, files: files, to: target)
    try FaultPoint.reach(.fsync, order.unit.description)
    held.hold(written: payload, as: record)
    try context.holdFiles(of: record)
    return record
  }

  private static func cpuSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
