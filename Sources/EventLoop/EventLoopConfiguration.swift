/// How a loop is to run; every default suits a server.
package struct EventLoopConfiguration: Sendable {
  /// Shown by `top -H`; Linux keeps 15 ASCII letters.
  package var name = "event-loop"
  package var clock: any LoopClock = MonotonicClock()
  package var lagLimits = LagLimits()
  /// Called on the loop's thread after an activity that took too long; must be brief itself.
  package var onLag: (@Sendable (LagReport) -> Void)?

  package init() {}
}
