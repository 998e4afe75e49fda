import Synchronization

/// The handle by which a running unit is stopped from elsewhere; the first reason counts.
final class UnitControl: Sendable {
  enum Reason: Sendable, Hashable {
    case cancelled
    /// The owner stops or plans the job anew.
    case released
    case limit(UnitDeath)
  }

  private struct State {
    var reason: Reason?
    var kill: (@Sendable () -> Void)?
    var worker: Int32?
    var fraction = 0.0
    var whenLasting: (@Sendable () async -> Void)?
    var waited = Duration.zero
    var waitsSince: ContinuousClock.Instant?
  }

  private let state = Mutex(State())

  /// Says which process works on the unit; kills it at once where the unit has been stopped already.
  func attach(worker: Int32, kill: @escaping @Sendable () -> Void) {
    let isStopped = state.withLock { state in
      state.worker = worker
      state.kill = kill
      return state.reason != nil
    }
    if isStopped { kill() }
  }

  /// Says what to do where the unit takes long.
  func whenLasting(_ body: @escaping @Sendable () async -> Void) { state.withLock { $0.whenLasting = body } }

  /// The unit takes long. Only the first call counts.
  func lasts() async {
    let body = state.withLock { state in
      defer { state.whenLasting = nil }
      return state.whenLasting
    }
    await body?()
  }

  /// From now on nobody is killed: the process has other work.
  func detach() { state.withLock { $0.kill = nil } }

  func stop(_ reason: Reason) {
    let kill = state.withLock { state in
      if state.reason == nil { state.reason = reason }
      return state.kill
    }
    kill?()
  }

  /// Says whether the unit waits for somebody else, which is not counted as its own time.
  func waits(_ isWaiting: Bool) {
    state.withLock { state in
      if let since = state.waitsSince { state.waited += ContinuousClock.now - since }
      state.waitsSince = isWaiting ? .now : nil
    }
  }

  /// For how long it has waited for somebody else.
  var waited: Duration {
    state.withLock { state in
      state.waited + (state.waitsSince.map { ContinuousClock.now - $0 } ?? .zero)
    }
  }

  var reason: Reason? { state.withLock(\.reason) }

  var worker: Int32? { state.withLock(\.worker) }

  /// How far the unit has come, 0…1.
  var fraction: Double {
    get { state.withLock(\.fraction) }
    set { state.withLock { $0.fraction = newValue } }
  }
}
