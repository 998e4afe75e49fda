/// What comes from a worker, in this order: frames, then once `closed`, then once `exited`.
package enum WorkerEvent: Sendable {
  case frame(Frame)
  /// No frame follows: the stream ended between two frames (nil) or was spoilt. The process may still be alive.
  case closed(ChannelFailure?)
  /// The process has ended and nothing is left of its group.
  case exited(ProcessExit)
}
