/// What follows from an attempt to deliver a message.
package enum DeliveryOutcome: Sendable, Hashable {
  case delivered
  /// To be tried again, at this time (seconds since 1970).
  case retried(due: Double)
  case failed
  /// The receiver is gone: nothing more is sent to this URL for any job of the same owner that is there.
  case disabled

  var state: DeliveryState {
    switch self {
    case .delivered: .delivered
    case .retried: .pending
    case .failed: .failed
    case .disabled: .disabled
    }
  }
}
