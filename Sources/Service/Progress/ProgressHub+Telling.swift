import Checkpoints
import EventLoop
import HTTPServer
import Ledger
import StageKit

extension ProgressHub {
  /// Takes the next transition of a job, and tells it with the next beat.
  func tell(_ event: JobEvent, on channel: JobChannel) {
    channel.board.apply(event)
    channel.snapshot = nil
    // A tick of before says nothing any more.
    if let unit = event.unit { channel.ticks[unit] = nil }
    if hasListeners(channel) {
      metrics.transitions.add()
      outgoing.append((channel, .transition(event)))
      scheduleBeat()
    }
    if channel.board.state.isFinished, channel.live.isEmpty { forget(channel) }
  }

  /// Whether anybody may want to be told of it as it happens.
  func hasListeners(_ channel: JobChannel) -> Bool { !channel.live.isEmpty || !watchersOfAll.isEmpty }

  /// Whether it is told of a job because it watches all.
  func hears(_ subscriber: ProgressSubscriber, _ channel: JobChannel) -> Bool {
    subscriber.watchingSince != nil && subscriber.following[channel.job] == nil
      && subscriber.principal.maySee(channel.board.record)
  }

  // MARK: The beat

  /// Sees to it that the transitions that wait are told, now or with the next beat.
  func scheduleBeat() {
    if outgoing.count > limits.outgoing { flushAll() }
    guard !isBeatDue else { return }
    let due = lastBeat + (outgoing.count > limits.perBeat ? limits.hurry : limits.beat)
    guard due > ContinuousClock.now else { return beat() }
    isBeatDue = true
    // Ends by itself.
    Task {
      // Nobody cancels it; a beat that comes early does no harm.
      try? await Task.sleep(until: due, clock: .continuous)
      isBeatDue = false
      beat()
    }
  }

  private func beat() {
    lastBeat = ContinuousClock.now
    flush(limits.perBeat)
    if !outgoing.isEmpty { scheduleBeat() }
  }

  /// Waits until little waits to be told, so that telling it at once overruns nobody.
  ///
  /// Others may run before its caller goes on, on an actor of one's own, too, where the task prefers an executor: whoever
  /// decides what a subscriber hears from now on calls `flushAll` first, and awaits nothing in between.
  func calm() async {
    while outgoing.count > limits.perBeat {
      await withCheckedContinuation { calmSeekers.append($0) }
    }
  }

  /// The same for ticks, which have a slower beat.
  func scheduleTicks() {
    guard !areTicksDue else { return }
    let due = lastTicks + limits.tickPause
    guard due > ContinuousClock.now else { return tellTicks() }
    areTicksDue = true
    // Ends by itself.
    Task {
      // As above.
      try? await Task.sleep(until: due, clock: .continuous)
      areTicksDue = false
      tellTicks()
    }
  }

  /// Tells the oldest transitions that wait.
  private func flush(_ count: Int) {
    guard !outgoing.isEmpty else { return }
    let messages = outgoing.prefix(count)
    outgoing.removeFirst(messages.count)
    for (channel, message) in messages { fan(message, of: channel, key: nil, pinned: true) }
    guard outgoing.isEmpty else { return }
    let seekers = calmSeekers
    calmSeekers = []
    for seeker in seekers { seeker.resume() }
  }

  /// Tells all that waits, whether there is room for it or not: whoever begins to hear of a job then hears nothing that it
  /// has been told of otherwise.
  func flushAll() { flush(outgoing.count) }

  private func tellTicks() {
    lastTicks = ContinuousClock.now
    // Units may have begun whose beginning is yet to be told.
    guard outgoing.isEmpty else { return scheduleTicks() }
    let units = ticking
    ticking = []
    for (channel, unit) in units {
      guard let fraction = channel.ticks.removeValue(forKey: unit) else { continue }
      metrics.ticks.add()
      fan(.tick(channel.job, unit, fraction), of: channel, key: channel.key(of: unit), pinned: false)
    }
  }

  // MARK: Subscribers

  /// Offers a message to all who hear of a job.
  func fan(_ message: ProgressMessage, of channel: JobChannel, key: UInt64?, pinned: Bool) {
    for id in channel.live {
      if let subscriber = subscribers[id] { deliver(message, to: subscriber, key: key, pinned: pinned) }
    }
    for id in watchersOfAll {
      guard let subscriber = subscribers[id], hears(subscriber, channel) else { continue }
      deliver(message, to: subscriber, key: key, pinned: pinned)
    }
  }

  func deliver(
    _ message: ProgressMessage, to subscriber: ProgressSubscriber, key: UInt64? = nil, pinned: Bool = true
  ) {
    let admission = subscriber.sink.offer(message, key: key, pinned: pinned)
    if pinned, admission == .full { overflow(subscriber) }
  }

  /// Empties the queue of a subscriber that is too slow; once it takes something again, it gets snapshots.
  private func overflow(_ subscriber: ProgressSubscriber) {
    metrics.resyncs.add()
    subscriber.sink.removeAll()
    subscriber.dropCatchUps()
    stopWatchingAll(subscriber)
    for job in subscriber.following.keys { channels[job]?.live.remove(subscriber.id) }
    subscriber.following = [:]
    for job in subscriber.named.sorted(by: { $0.text < $1.text }) {
      subscriber.following[job] = .catchingUp
      subscriber.queue(.job(job, since: nil))
    }
    if subscriber.watchesAll { subscriber.queue(.all(after: nil)) }
    // The emptied queue takes it.
    _ = subscriber.sink.offer(.overflow, key: nil, pinned: true)
    feedWhenEmpty(subscriber)
  }

  func stopWatchingAll(_ subscriber: ProgressSubscriber) {
    watchersOfAll.remove(subscriber.id)
    subscriber.watchingSince = nil
  }

  /// Goes on telling a subscriber what it missed once its queue is empty.
  func feedWhenEmpty(_ subscriber: ProgressSubscriber) {
    let id = subscriber.id
    subscriber.awaitsRoom = true
    // Called on the loop, which has other things to do.
    subscriber.sink.whenEmpty { Task { await self.goOnFeeding(id) } }
  }

  private func goOnFeeding(_ id: Int) async {
    subscribers[id]?.awaitsRoom = false
    await feed(id)
  }
}
