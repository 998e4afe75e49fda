/// How far a worker could be confined on this machine.
package struct SandboxReport: Codable, Sendable, Hashable {
  /// The version of Landlock that keeps it from files; 0 where the kernel has none.
  package let landlock: Int
  /// Whether a seccomp filter keeps it from system calls.
  package let seccomp: Bool
  /// Whether its memory, files and processes are limited.
  package let limits: Bool

  package init(landlock: Int, seccomp: Bool, limits: Bool) {
    self.landlock = landlock
    self.seccomp = seccomp
    self.limits = limits
  }

  /// What a worker is that nobody confined.
  package static let none = SandboxReport(landlock: 0, seccomp: false, limits: false)

  /// Whether nothing is missing that Sheaf relies on.
  package var isComplete: Bool { missing.isEmpty }

  /// What the kernel did not give.
  package var missing: [String] {
    var missing: [String] = []
    if landlock < 1 { missing.append("Landlock") }
    if !seccomp { missing.append("seccomp") }
    if !limits { missing.append("resource limits") }
    return missing
  }
}

extension StageFailure {
  /// Workers must be confined, and are not in full.
  package static func unconfined(_ report: SandboxReport) -> StageFailure {
    StageFailure(
      .sandboxUnavailable, "Workers cannot be confined: this kernel lacks \(report.missing.joined(separator: ", ")).",
      hint: "Use a kernel of 5.13 or later with Landlock and seccomp, or do without --require-sandbox.")
  }
}
