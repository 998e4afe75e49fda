import Glibc
import StageKit

/// What the kernel lets a worker have, whatever its engine sees of it.
///
/// Processor time is not here: a warm worker's is limited anew for each unit, by its engine.
struct ResourceLimits {
  private let limits: [(resource: __rlimit_resource, bytes: rlim_t?)]

  init(_ policy: SandboxPolicy) {
    limits = [
      (RLIMIT_CORE, 0),
      (RLIMIT_DATA, rlim_t(max(0, policy.memoryBytes))),
      (RLIMIT_AS, rlim_t(max(0, policy.addressBytes))),
      (RLIMIT_FSIZE, rlim_t(max(0, policy.fileBytes))),
      // Those it has now are enough: no more than its limit was.
      (RLIMIT_NOFILE, nil),
      // No further process or thread; it does not hold for the superuser, whom seccomp keeps from it.
      (__RLIMIT_NPROC, 0),
    ]
  }

  /// - Returns: whether each is in force.
  func apply() -> Bool { limits.map { Self.lower($0.resource, to: $0.bytes) }.allSatisfy { $0 } }

  /// Lowers a limit for good; nil keeps it where it is now.
  private static func lower(_ resource: __rlimit_resource, to wanted: rlim_t?) -> Bool {
    let number = __rlimit_resource_t(resource.rawValue)
    var limit = rlimit()
    guard getrlimit(number, &limit) == 0 else { return false }
    let bound = min(limit.rlim_max, wanted ?? limit.rlim_cur)
    limit = rlimit(rlim_cur: bound, rlim_max: bound)
    return setrlimit(number, &limit) == 0
  }
}
