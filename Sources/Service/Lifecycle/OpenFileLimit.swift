#if canImport(Glibc)
  import Glibc
#endif

/// How many descriptors this process may have: one for each connection, besides files.
enum OpenFileLimit {
  /// Raises it as far as the system lets this process. Shells and service managers begin with a thousand, for the sake of
  /// programs that know no more; there is none among ours.
  static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    // Where it is refused, the server has the connections that it may have.
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
