/// Actions by the time they are due: a binary heap, in which a cancelled timer stays until its time comes.
struct TimerQueue {
  private struct Entry {
    let due: LoopInstant
    let id: LoopTimer
  }

  private var heap: [Entry] = []
  private var actions: [LoopTimer: @Sendable () -> Void] = [:]
  private var lastID: UInt64 = 0

  /// When the earliest action is due.
  var nextDue: LoopInstant? { heap.first?.due }

  mutating func add(due: LoopInstant, action: @escaping @Sendable () -> Void) -> LoopTimer {
    lastID += 1
    let id = LoopTimer(id: lastID)
    actions[id] = action
    heap.append(Entry(due: due, id: id))
    siftUp(heap.count - 1)
    return id
  }

  mutating func cancel(_ timer: LoopTimer) {
    actions[timer] = nil
    // Cancelled timers of long ago must not fill the heap.
    if heap.count > 64, heap.count > 2 * actions.count { dropCancelled() }
  }

  /// Takes the next action that is due at `now`, if any.
  mutating func takeDue(at now: LoopInstant) -> (@Sendable () -> Void)? {
    while let first = heap.first, first.due <= now {
      removeFirst()
      if let action = actions.removeValue(forKey: first.id) { return action }
    }
    return nil
  }

  private mutating func dropCancelled() {
    heap = heap.filter { actions[$0.id] != nil }.sorted { isEarlier($0, $1) }
  }

  private func isEarlier(_ left: Entry, _ right: Entry) -> Bool {
    (left.due, left.id.id) < (right.due, right.id.id)
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard isEarlier(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isEarlier(heap[child], heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
