/// What may wait to be sent to one WebSocket.
package struct OutboxLimits: Sendable {
  package var frames = 256
  package var bytes = 1 << 20

  package init(frames: Int = 256, bytes: Int = 1 << 20) {
    self.frames = frames
    self.bytes = bytes
  }
}
