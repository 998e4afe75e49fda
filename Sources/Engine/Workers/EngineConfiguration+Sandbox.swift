import Logging
import StageKit

extension EngineConfiguration {
  /// What workers give up.
  var sandboxPolicy: SandboxPolicy {
    let memory = max(limits.page.residentBytes, limits.document.residentBytes) + Self.beyondResident
    return SandboxPolicy(
      mode: sandbox, memoryBytes: memory, addressBytes: memory + documentLimit + Self.mappedLibraries,
      fileBytes: limits.outputBytes)
  }

  /// Looks at how far workers are confined on this machine.
  ///
  /// - Throws: `StageFailure` with `sandbox_unavailable` where that is less than was asked for.
  func judge(_ report: SandboxReport) throws {
    guard sandbox != .off, !report.isComplete else { return }
    let missing = report.missing.joined(separator: ", ")
    guard sandbox != .required else { throw StageFailure.unconfined(report) }
    whenUnconfined?(report)
    logger.warning(
      "workers are not fully confined: a hostile document could do more harm than it should",
      metadata: ["missing": "\(missing)"])
  }

  /// What memory that was asked for may exceed memory that is used by, so that the limit on the latter, which can tell what
  /// happened, is met first. Bytes.
  private static let beyondResident = 512 << 20
  /// Programs, libraries, fonts and language data; debug builds map the most. Bytes of address space.
  private static let mappedLibraries = 2 << 30
}
