import Synchronization

/// Whether the server can take work, for those who send it some.
package final class ServiceReadiness: Sendable {
  package enum Phase: String, Sendable, Hashable {
    /// The plan is not known yet, the ledger not recovered, or the socket for commands on the folder not open.
    case starting
    case ready
    /// Finishing what has begun; takes nothing new.
    case stopping
  }

  private let state = Mutex(Phase.starting)

  package init() {}

  package var phase: Phase {
    get { state.withLock { $0 } }
    set {
      // From stopping there is no way back.
      state.withLock { if $0 != .stopping { $0 = newValue } }
    }
  }
}
