import CEventLoop

/// The system's monotonic clock, which no one can set back.
package struct MonotonicClock: LoopClock {
  package init() {}

  package var now: LoopInstant { LoopInstant(nanoseconds: cloop_monotonic()) }
}
