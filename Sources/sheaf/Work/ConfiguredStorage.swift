import Checkpoints
import Foundation
import Service
import StageKit

/// How checkpoints are stored where no option says it: what `sheaf serve` calls `checkpoints.compression` is
/// `SHEAF_CHECKPOINTS_COMPRESSION`.
enum ConfiguredStorage {
  /// - Throws: `StageFailure` with `invalid_request` where the variable is wrong.
  static func compression(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws -> CheckpointCompression {
    let own = environment.filter { $0.key == variable }
    guard !own.isEmpty else { return .none }
    do {
      let settings = try await ConfigurationSource(environment: own).load()
      return CheckpointCompression(rawValue: settings[Settings.compression]) ?? .none
    } catch let failure as SettingFailure {
      throw StageFailure.usage("\(failure)")
    }
  }

  private static let variable = "SHEAF_CHECKPOINTS_COMPRESSION"
}
