import Synchronization

/// Hands out assignments to whoever is free, each once.
final class ReplayQueue: Sendable {
  private let assignments: [Assignment]
  private let index = Mutex(0)

  init(_ assignments: [Assignment]) { self.assignments = assignments }

  func next() -> Assignment? {
    let index = index.withLock { index in
      defer { index += 1 }
      return index
    }
    return assignments.indices.contains(index) ? assignments[index] : nil
  }
}
