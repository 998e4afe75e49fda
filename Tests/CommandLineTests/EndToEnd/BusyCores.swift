import Foundation
import Synchronization

/// Keeps every core busy as long as it lives.
final class BusyCores: Sendable {
  private let isOver: IdleFlag

  init() {
    let flag = IdleFlag()
    isOver = flag
    for _ in 0..<ProcessInfo.processInfo.activeProcessorCount {
      Thread.detachNewThread { while !flag.isSet.load(ordering: .relaxed) {} }
    }
  }

  deinit { isOver.isSet.store(true, ordering: .relaxed) }

  private final class IdleFlag: Sendable {
    let isSet = Atomic(false)
  }
}
