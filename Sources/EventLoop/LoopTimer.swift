/// A scheduled action, to cancel it by.
package struct LoopTimer: Hashable, Sendable {
  let id: UInt64
}
