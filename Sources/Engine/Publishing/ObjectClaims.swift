import StageKit
import Synchronization

/// Keeps removal and publication of one object apart.
///
/// A result whose object is there already is not written again. Were the object removed for another job between that
/// look and the ledger's commit, the ledger would name what is gone. So whoever publishes claims the digests until they
/// are committed, and whoever removes condemns them first: what is claimed is left for the collection, and a claim on
/// what is condemned waits until it is gone.
///
/// Keys of results are claimed in the same way, by whoever has looked one up and is about to name it.
final class ObjectClaims: Sendable {
  private struct State {
    /// How many attempts are on their way to the ledger with it.
    var claimed: [Digest: Int] = [:]
    /// How many removals have it in hand.
    var condemned: [Digest: Int] = [:]
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Claims objects; to be released once the ledger names them or never will.
  func claim(_ digests: [Digest]) async {
    while !take(digests) {
      await withCheckedContinuation { continuation in
        // Looked at once more: the removal may have ended meanwhile.
        let isFree = state.withLock { state in
          guard digests.contains(where: { state.condemned[$0] != nil }) else { return true }
          state.waiting.append(continuation)
          return false
        }
        if isFree { continuation.resume() }
      }
    }
  }

  private func take(_ digests: [Digest]) -> Bool {
    state.withLock { state in
      guard !digests.contains(where: { state.condemned[$0] != nil }) else { return false }
      for digest in digests { state.claimed[digest, default: 0] += 1 }
      return true
    }
  }

  func release(_ digests: [Digest]) {
    state.withLock { state in
      for digest in digests { Self.drop(digest, from: &state.claimed) }
    }
  }

  /// Runs a removal of those objects that nobody claims; the ledger is to be asked within it whether it needs them.
  func removing<Result>(_ digests: [Digest], _ remove: ([Digest]) async throws -> Result) async rethrows -> Result {
    let free = state.withLock { state in
      let free = digests.filter { state.claimed[$0] == nil }
      for digest in free { state.condemned[digest, default: 0] += 1 }
      return free
    }
    defer {
      let waiting = state.withLock { state in
        for digest in free { Self.drop(digest, from: &state.condemned) }
        defer { state.waiting = [] }
        return state.waiting
      }
      for continuation in waiting { continuation.resume() }
    }
    return try await remove(free)
  }

  private static func drop(_ digest: Digest, from counts: inout [Digest: Int]) {
    guard let count = counts[digest] else { return }
    counts[digest] = count > 1 ? count - 1 : nil
  }
}
