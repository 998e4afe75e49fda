import Checkpoints
import Engine
import EventLoop
import HTTPServer
import Ledger
import Logging
import StageKit
import Threads

/// Tells subscribers what happens to jobs: every transition in order and once, ticks as often as an eye sees them.
///
/// Whatever the ledger has stored is told sooner or later, for what the engine's word of was lost is read from there.
/// Nobody is waited for: each subscriber has a bounded queue, and one that does not empty it begins anew with a snapshot.
package actor ProgressHub {
  package nonisolated let metrics = ProgressMetrics()
  nonisolated let limits: ProgressLimits
  let clock: any ServiceClock
  let logger: Logger
  /// Nil until there is an engine to hear of.
  private(set) var ledger: (any LedgerReader)?

  var channels: [JobID: JobChannel] = [:]
  /// Channels that are being opened: whoever wants one waits for the first.
  var openings: [JobID: Task<JobBoard?, any Error>] = [:]
  private var lastChannel: UInt64 = 0
  var subscribers: [Int: ProgressSubscriber] = [:]
  private var lastSubscriber = 0
  /// Those of them to whom all jobs are told as they happen.
  var watchersOfAll: Set<Int> = []
  /// Counts the moments at which channels are opened and subscribers begin to be told of all jobs.
  private var moments = 0
  /// Up to which transition jobs had been told to those who watch all when they were forgotten: the engine's word of the
  /// last may come later than the ledger's.
  var forgotten: RecentMap<JobID, Int64>
  /// The first transition of each job that could not be read from the ledger when it was to be told.
  var unread: [JobID: Int64] = [:]

  /// Transitions that are told with the next beat.
  var outgoing: [(channel: JobChannel, message: ProgressMessage)] = []
  /// Units whose newest tick is told with a later beat.
  var ticking: [(channel: JobChannel, unit: UnitID)] = []
  var isBeatDue = false
  var areTicksDue = false
  var lastBeat = ContinuousClock.now
  /// Those who go on once little waits to be told.
  var calmSeekers: [CheckedContinuation<Void, Never>] = []
  var lastTicks = ContinuousClock.now

  /// Keys that were revoked while this hub ran: never more than there are keys.
  private var revoked: Set<String> = []

  private let thread: SerialThread
  private var isTaking = false
  private var takers: [CheckedContinuation<Void, Never>] = []

  package init(limits: ProgressLimits = ProgressLimits(), clock: any ServiceClock = WallClock(), logger: Logger) throws
  {
    self.limits = limits
    forgotten = RecentMap(capacity: limits.channels)
    self.clock = clock
    self.logger = logger
    thread = try .start("sheaf-hub", niceness: ServiceContext.niceness)
  }

  deinit { thread.stop() }

  package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// Tells what the engine says, until its stream ends.
  ///
  /// - Parameter watch: begun before `ledger` is asked for anything, so that nothing falls between.
  package func run(_ watch: EngineWatch, ledger: any LedgerReader) async {
    self.ledger = ledger
    for await event in watch.events {
      await oneByOne {
        for (job, first) in watch.takeMissed().sorted(by: { $0.key.text < $1.key.text }) {
          await self.recover(job, from: first)
        }
        await self.take(event)
      }
    }
    flushAll()
  }

  /// Whether it hears of jobs.
  package var isOpen: Bool { ledger != nil }

  /// Lets one at a time advance what is told, though the ledger is waited for in between.
  func oneByOne(_ body: () async -> Void) async {
    while isTaking { await withCheckedContinuation { takers.append($0) } }
    isTaking = true
    await body()
    isTaking = false
    if !takers.isEmpty { takers.removeFirst().resume() }
  }

  // MARK: What the engine says

  private func take(_ event: EngineEvent) async {
    switch event {
    case .transition(let transition): await take(transition)
    case .tick(let job, let unit, let fraction): take(tick: fraction, of: unit, job)
    case .planned(let job, _): await replan(job)
    case .removed(let job): await remove(job)
    }
  }

  private func take(_ event: JobEvent) async {
    if channels[event.job] == nil, let told = forgotten[event.job], event.seq <= told { return }
    guard let channel = await channel(of: event.job, hearing: event.seq) else { return }
    if event.seq == channel.told + 1 {
      tell(event, on: channel)
    } else if event.seq > channel.told {
      metrics.filledGaps.add()
      await fill(channel, upTo: event.seq)
    }
  }

  /// Some of a job's events were lost, of its transitions those from `first` on.
  func recover(_ job: JobID, from first: Int64?) async {
    metrics.filledGaps.add()
    guard let channel = await channel(of: job, hearing: first) else { return }
    await reload(channel)
  }

  /// The job's plan has changed: only the ledger knows its units.
  private func replan(_ job: JobID) async {
    guard let channel = channels[job] else { return }
    await reload(channel)
    await calm()
    flushAll()
    guard channels[job] === channel else { return }
    fan(.plan(channel.board), of: channel, key: nil, pinned: true)
  }

  private func take(tick fraction: Double, of unit: UnitID, _ job: JobID) {
    guard let channel = channels[job], channel.board.tick(unit, fraction) else { return }
    channel.snapshot = nil
    guard hasListeners(channel) else { return }
    if channel.ticks.updateValue(fraction, forKey: unit) == nil {
      ticking.append((channel, unit))
    } else {
      metrics.coalescedTicks.add()
    }
    scheduleTicks()
  }

  private func remove(_ job: JobID) async {
    unread[job] = nil
    await calm()
    flushAll()
    guard let channel = channels[job] else { return }
    fan(.removed(job), of: channel, key: nil, pinned: true)
    forget(channel)
    for subscriber in subscribers.values where subscriber.following[job] != nil {
      subscriber.dropCatchUp(of: job)
      subscriber.following[job] = nil
      subscriber.named.remove(job)
    }
  }

  // MARK: Who listens

  /// Adds a subscriber, who hears nothing yet.
  func join(_ principal: Principal, _ sink: any ProgressSink) -> Int {
    lastSubscriber += 1
    guard !revoked.contains(principal.keyID) else {
      // Revoked between its request and here.
      Self.refuse(sink)
      return lastSubscriber
    }
    subscribers[lastSubscriber] = ProgressSubscriber(id: lastSubscriber, principal: principal, sink: sink)
    metrics.subscribers.add()
    return lastSubscriber
  }

  func leave(_ id: Int) {
    guard let subscriber = subscribers.removeValue(forKey: id) else { return }
    metrics.subscribers.add(-1)
    watchersOfAll.remove(id)
    for job in subscriber.following.keys { leave(job, id) }
    forgetUnwatched()
  }

  /// Ends the connections that were opened with keys that are revoked; of other keys of the same name, none.
  package func disconnect(_ keyIDs: Set<String>) {
    revoked.formUnion(keyIDs)
    for subscriber in subscribers.values where keyIDs.contains(subscriber.principal.keyID) {
      Self.refuse(subscriber.sink)
      leave(subscriber.id)
    }
  }

  private static func refuse(_ sink: any ProgressSink) {
    // What waits is not for it any more.
    sink.removeAll()
    sink.close(.policyViolation, "the key is revoked")
  }

  /// How far a job is; nil for one that there is nothing to say of.
  ///
  /// - Throws: `LedgerFailure`.
  package func outlook(of job: JobID) async throws -> JobOutlook? {
    guard ledger != nil, let channel = try await openedChannel(job) else { return nil }
    let outlook = channel.board.outlook(at: clock.now)
    if channel.live.isEmpty, channel.board.state.isFinished { forget(channel) }
    forgetUnwatched()
    return outlook
  }

  func nextChannelNumber() -> UInt64 {
    lastChannel += 1
    return lastChannel
  }

  func nextMoment() -> Int {
    moments += 1
    return moments
  }
}
