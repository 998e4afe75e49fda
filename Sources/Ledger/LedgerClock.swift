#if canImport(Glibc)
  import Glibc
#endif

/// Tells the ledger's time, the only one that its rows bear.
package protocol LedgerClock: Sendable {
  /// Seconds since 1970.
  func now() -> Double
}

/// The system's clock; may step back when somebody sets it, so nothing is ordered by it alone.
package struct SystemClock: LedgerClock {
  package init() {}

  package func now() -> Double {
    var time = timespec()
    // Fails only for an unknown clock, which this is not.
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
