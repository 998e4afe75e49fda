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
}
