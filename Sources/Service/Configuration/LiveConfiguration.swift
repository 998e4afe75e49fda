import Synchronization

/// The configuration as it is now: SIGHUP puts another in its place.
package final class LiveConfiguration: Sendable {
  private let state: Mutex<ServiceConfiguration>

  package init(_ configuration: ServiceConfiguration) { state = Mutex(configuration) }

  package var current: ServiceConfiguration {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }

  package subscript<S: Setting>(setting: S) -> S.Value { state.withLock { $0[setting] } }
}
