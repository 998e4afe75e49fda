/// How much of what a worker sent may lie unread before reading stops and the worker has to wait.
package struct WorkerQueueLimits: Sendable, Hashable {
  package var frames: Int
  package var bytes: Int

  /// By default 64 frames, which is seconds of progress reports, and no more memory than one frame of the largest
  /// size: the frame that crosses a limit is still taken.
  package init(frames: Int = 64, bytes: Int = FrameChannel.defaultMaximumFrameLength) {
    self.frames = frames
    self.bytes = bytes
  }
}
