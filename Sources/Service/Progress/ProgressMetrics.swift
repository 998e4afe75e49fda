import EventLoop

/// What the hub counts, for whoever publishes it.
package final class ProgressMetrics: Sendable {
  /// Who is subscribed now, over WebSockets and event streams.
  package let subscribers = Counter()
  /// Transitions that were told to somebody; each counts once, however many heard it.
  package let transitions = Counter()
  package let ticks = Counter()
  /// Ticks that a newer one of their unit replaced before they were told.
  package let coalescedTicks = Counter()
  /// Snapshots that were made; subscribers share them.
  package let snapshots = Counter()
  /// Subscribers that were too slow for what waited for them and began anew.
  package let resyncs = Counter()
  /// How often transitions were read from the ledger since the engine's word of them had been lost.
  package let filledGaps = Counter()

  init() {}
}
