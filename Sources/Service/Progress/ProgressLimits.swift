import HTTPServer

/// What the hub allows its subscribers: their memory is bounded whatever they do. Every number is one that a test may
/// shrink.
package struct ProgressLimits: Sendable {
  /// Jobs that one subscriber may name; whoever wants more subscribes to all.
  package var subscriptions = 128
  /// Jobs that one who subscribes to all may name in `since`: more than a browser's list shows.
  package var sinceJobs = 1024
  /// Bytes of a client's message: room for `sinceJobs` of them.
  package var message = 64 << 10
  /// Messages of one client in a second: more than any user clicks, and little work.
  package var messagesPerSecond = 50
  /// What may wait for one subscriber.
  package var outbox = OutboxLimits(frames: 256, bytes: 1 << 20)
  /// Transitions read from the ledger at once for a subscriber that catches up: they belong to it alone, so they are few.
  package var batch = 64
  /// Unfinished jobs in one page of a snapshot of all.
  package var page = 50
  /// Transitions are told as they come, but no more often than so; what comes meanwhile is told together. An eye takes
  /// it for at once, and a thousand sockets are written to twenty times a second and not a thousand.
  package var beat = Duration.milliseconds(50)
  /// Transitions told in one beat; where more wait, as after a resume that finds thousands of results, the rest follows
  /// in beats of `hurry`, so that a queue that is read is not overrun.
  package var perBeat = 100
  package var hurry = Duration.milliseconds(10)
  /// Transitions that wait for their beat at most; beyond, they are told at once to whoever has room.
  package var outgoing = 10_000
  /// The newest tick of each unit is told no more often than so: five times a second.
  package var tickPause = Duration.milliseconds(200)
  /// Jobs kept in mind, beyond which those that nobody watches are forgotten.
  package var channels = 4096
  /// After so long a ledger that could not be read is asked again.
  package var retryPause = Duration.seconds(1)
  /// How often a line goes to readers of an event stream, so that nobody between takes it for dead.
  package var keepAlive = Duration.seconds(15)
  /// For how long an event stream may be full before it is ended.
  package var streamFull = Duration.seconds(5)

  package init() {}
}
