/// Where a loop's time comes from; a test hands in one that it moves itself.
package protocol LoopClock: Sendable {
  var now: LoopInstant { get }
}
