import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Names for files on their way: hidden, and never the same twice among living processes.
enum UniqueName {
  private static let counter = Atomic<Int>(0)

  static func next(_ purpose: String) -> String {
    ".\(purpose)-\(getpid())-\(counter.wrappingAdd(1, ordering: .relaxed).newValue)"
  }

  /// The process that gave a name; nil where it is no name for that purpose.
  static func process(of name: String, for purpose: String) -> pid_t? {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == ".\(purpose)", Int(parts[2]) != nil, let process = pid_t(parts[1]), process > 0
    else { return nil }
    return process
  }
}
