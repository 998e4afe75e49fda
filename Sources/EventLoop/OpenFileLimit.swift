import Glibc

/// How many descriptors this process may have: one for each connection, besides files.
package enum OpenFileLimit {
  /// Raises it as far as the system lets this process. Shells and service managers begin with a thousand, for the sake
  /// of programs that know no more; there is none among ours.
  package static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    // Where it is refused, there are as many connections as there may be.
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
