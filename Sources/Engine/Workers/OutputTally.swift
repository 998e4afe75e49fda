import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// How many bytes the files of an attempt have by now.
final class OutputTally: Sendable {
  private struct State {
    var paths: [String] = []
    var sizes: [Int] = []
    var total = 0
    /// The next of the older files to look at.
    var cursor = 0
  }

  private let state = Mutex(State())

  func add(_ path: String) {
    state.withLock { state in
      state.paths.append(path)
      state.sizes.append(0)
    }
  }

  /// Looks at the newest files, and at some of the older ones in turn: what is written is mostly what was made last, and
  /// a unit over a long document makes thousands.
  ///
  /// - Returns: bytes of all files, as far as they were looked at.
  func measure() -> Int {
    state.withLock { state in
      let newest = max(0, state.paths.count - Self.newest)
      for index in newest..<state.paths.count { Self.look(at: index, &state) }
      for _ in 0..<min(newest, Self.older) {
        state.cursor = (state.cursor + 1) % newest
        Self.look(at: state.cursor, &state)
      }
      return state.total
    }
  }

  private static let newest = 64
  private static let older = 256

  private static func look(at index: Int, _ state: inout State) {
    var status = stat()
    // What has been taken away already takes no room.
    let size = stat(state.paths[index], &status) == 0 ? Int(status.st_size) : 0
    state.total += size - state.sizes[index]
    state.sizes[index] = size
  }
}
