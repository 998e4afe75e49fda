import Engine
import Foundation
import ModelEndpoint
import Service
import StageKit

/// The language models that the environment names: what `sheaf serve` calls `model.endpoint` is `SHEAF_MODEL_ENDPOINT`.
enum ConfiguredModels {
  /// - Returns: nil where none is named.
  /// - Throws: `StageFailure` with `invalid_request` where a variable is wrong.
  static func endpoint(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws -> OpenAIEndpoint? {
    let own = environment.filter { $0.key.hasPrefix(prefix) }
    guard !own.isEmpty else { return nil }
    do {
      return try await ConfigurationSource(environment: own).load().modelEndpoint
    } catch let failure as SettingFailure {
      throw StageFailure.usage(
        "\(failure)",
        hint: "These settings are read from the variables SHEAF_MODEL_…; sheaf serve --settings lists them.")
    }
  }

  /// The stages as a worker describes them, with the models they may ask: what keys are made of.
  static func pipeline(of program: WorkerProgram) async throws -> Pipeline {
    Pipeline(try await program.describe(), models: try await endpoint()?.offer)
  }

  private static let prefix = "SHEAF_MODEL_"
}
