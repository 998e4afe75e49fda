import CLinux
import Glibc
import StageKit

/// Gives up, in the calling process and for good, what a worker does not need.
///
/// Libraries are loaded by then and descriptors open; afterwards the process can read system libraries, fonts and language
/// data, write into its scratch folder, talk over the channel it was given, and compute.
package enum Confinement {
  /// Confines the process as far as the kernel allows.
  ///
  /// - Parameters:
  ///   - languageData: where language data lies other than below `/usr`.
  ///   - allowsSignals: for crash drills of debug builds, which kill the process's parent.
  /// - Precondition: no_new_privs is set, and the process has one thread: Landlock holds for the thread that asks.
  package static func apply(
    _ policy: SandboxPolicy, languageData: String? = nil, allowsSignals: Bool = false
  ) -> SandboxReport {
    guard policy.mode != .off else { return .none }
    let limits = ResourceLimits(policy).apply()
    let landlock = hasOneThread ? restrictFiles(policy, languageData, allowsSignals) : 0
    // Last: the filter refuses what the others need.
    let seccomp = clinux_seccomp_restrict(allowsSignals) == 0
    return SandboxReport(landlock: landlock, seccomp: seccomp, limits: limits)
  }

  private static var hasOneThread: Bool { clinux_thread_count() == 1 }

  /// - Returns: the version of Landlock that does it, 0 for none.
  private static func restrictFiles(_ policy: SandboxPolicy, _ languageData: String?, _ allowsSignals: Bool) -> Int {
    let readable = ReachablePaths.readable + (languageData.map { [$0] } ?? [])
    let paths = readable.map { (strdup($0), false) } + (policy.scratch.map { [(strdup($0), true)] } ?? [])
    defer { paths.forEach { free($0.0) } }
    let rules = paths.compactMap { path, isWritable in
      path.map { clinux_reachable_path(path: $0, writable: isWritable) }
    }
    return Int(max(0, clinux_landlock_restrict(rules, rules.count, allowsSignals)))
  }
}
