/// The whole pipeline as `sheaf-worker describe` prints it.
package struct PlanDescription: Codable, Sendable, Hashable {
  /// The protocol between engine and worker; both sides refuse another.
  package let `protocol`: Int
  /// In the order of the pipeline; export has one row per format.
  package let stages: [StageDescriptor]
  /// The processor's feature level and the installed fonts' digest: told by `explain`, never keyed.
  package let recorded: [String: String]

  /// How far the describing process could be confined: what workers are in for.
  package let sandbox: SandboxReport?

  package static let protocolVersion = 3

  package init(stages: [StageDescriptor], recorded: [String: String], sandbox: SandboxReport? = nil) {
    self.protocol = Self.protocolVersion
    self.stages = stages
    self.recorded = recorded
    self.sandbox = sandbox
  }

  /// The rows of a stage: one, or for export one per format.
  package func rows(of stage: StageID) -> [StageDescriptor] { stages.filter { $0.stage == stage } }
}
