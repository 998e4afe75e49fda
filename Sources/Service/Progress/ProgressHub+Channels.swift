import Checkpoints
import EventLoop
import Ledger
import Logging
import StageKit

extension ProgressHub {
  /// Transitions read at once to fill a gap: a read of a millisecond or two.
  private static let gapBatch = 500

  /// The channel of a job, opened if need be.
  ///
  /// - Returns: nil where there is no such job.
  /// - Throws: `LedgerFailure`.
  func openedChannel(_ job: JobID) async throws -> JobChannel? {
    if let channel = channels[job] { return channel }
    let opening = openings[job] ?? open(job)
    let board: JobBoard?
    do {
      board = try await opening.value
    } catch {
      openings[job] = nil
      throw error
    }
    openings[job] = nil
    if let channel = channels[job] { return channel }
    guard let board else { return nil }
    let channel = JobChannel(board, number: nextChannelNumber(), opened: nextMoment())
    channels[job] = channel
    return channel
  }

  private func open(_ job: JobID) -> Task<JobBoard?, any Error> {
    let (ledger, clock, logger) = (ledger, clock, logger)
    let task = Task { () -> JobBoard? in
      do {
        guard let found = try await ledger?.jobWithUnits(job), !found.job.deleted else { return nil }
        return JobBoard(found.job, found.units, at: clock.now)
      } catch {
        logger.warning("a job's progress could not be read", metadata: ["job": "\(job)", "error": "\(error)"])
        throw error
      }
    }
    openings[job] = task
    return task
  }

  /// The channel that a transition is to be told on, and before it whatever is owed.
  ///
  /// - Parameter first: the transition's number; nil where only unnumbered events were heard of.
  /// - Returns: nil where nobody watches: who comes later gets a snapshot.
  func channel(of job: JobID, hearing first: Int64?) async -> JobChannel? {
    var channel = channels[job]
    var first = first
    // What was told before the job was forgotten is owed to nobody.
    if channel == nil, let number = first, let told = forgotten[job] { first = max(number, told + 1) }
    if channel == nil, !watchersOfAll.isEmpty || openings[job] != nil {
      do {
        channel = try await openedChannel(job)
      } catch {
        retry(job, from: first)
        return nil
      }
    }
    guard let channel else {
      unread[job] = nil
      return nil
    }
    guard channel.isSettled else {
      return await settle(channel, from: [unread[job], first].compactMap { $0 }.min()) ? channel : nil
    }
    return channel
  }

  /// Tells those who watched all jobs before the channel was opened what happened up to then.
  ///
  /// They know the job up to just before `first`. Those who began to watch since have the channel's own standing.
  /// - Returns: false where the ledger could not be read; it is tried again later.
  private func settle(_ channel: JobChannel, from first: Int64?) async -> Bool {
    let owed = watchersOfAll.filter { isOwed(subscribers[$0], channel) }
    if let first, !owed.isEmpty {
      var position = first - 1
      while position < channel.told {
        guard let events = await events(of: channel.job, since: position) else {
          retry(channel.job, from: position + 1)
          return false
        }
        for event in events where event.seq <= channel.told {
          let message = ProgressMessage.transition(event)
          for id in owed {
            guard let subscriber = subscribers[id], isOwed(subscriber, channel), hears(subscriber, channel) else {
              continue
            }
            deliver(message, to: subscriber)
          }
          position = event.seq
        }
        if events.count < Self.gapBatch { break }
      }
    }
    channel.isSettled = true
    channel.informed = []
    unread[channel.job] = nil
    return true
  }

  /// Whether it watched all jobs before the channel was opened, and has not been told where the job stands since.
  private func isOwed(_ subscriber: ProgressSubscriber?, _ channel: JobChannel) -> Bool {
    guard let subscriber, let since = subscriber.watchingSince else { return false }
    return since < channel.opened && !channel.informed.contains(subscriber.id)
  }

  /// Tells what the ledger has after what was told.
  func fill(_ channel: JobChannel, upTo seq: Int64) async {
    while channel.told < seq {
      guard let events = await events(of: channel.job, since: channel.told) else {
        return retry(channel.job, from: channel.told + 1)
      }
      guard let first = events.first else { return }
      guard first.seq == channel.told + 1 else { return await restart(channel) }
      for event in events { tell(event, on: channel) }
      if events.count < Self.gapBatch { return }
    }
  }

  /// Takes the plan as the ledger has it, and tells what was not told yet.
  func reload(_ channel: JobChannel) async {
    do {
      guard let found = try await ledger?.jobWithUnits(channel.job) else { return }
      await fill(channel, upTo: found.job.seq)
      // The ledger may have gone on while it was read.
      guard channel.told == found.job.seq else { return }
      channel.board.reload(found.job, found.units)
      channel.snapshot = nil
    } catch {
      retry(channel.job, from: channel.told + 1)
    }
  }

  /// What there is between was pruned: those who watch begin anew.
  private func restart(_ channel: JobChannel) async {
    do {
      guard let found = try await ledger?.jobWithUnits(channel.job) else { return }
      await calm()
      channel.board.reload(found.job, found.units)
      channel.snapshot = nil
      fan(snapshot(of: channel), of: channel, key: nil, pinned: true)
    } catch {
      retry(channel.job, from: channel.told + 1)
    }
  }

  /// Looks at a job again after a while, since the ledger could not be read.
  private func retry(_ job: JobID, from first: Int64?) {
    if let first { unread[job] = min(unread[job] ?? first, first) }
    let pause = limits.retryPause
    // Ends by itself.
    Task {
      // Nobody cancels it.
      try? await Task.sleep(for: pause)
      await oneByOne { await self.recover(job, from: first) }
    }
  }

  /// - Returns: nil where the ledger could not be read.
  private func events(of job: JobID, since: Int64) async -> [JobEvent]? {
    do {
      return try await ledger?.events(of: job, since: since, limit: Self.gapBatch)
    } catch {
      logger.warning("transitions could not be read", metadata: ["job": "\(job)", "error": "\(error)"])
      return nil
    }
  }

  func snapshot(of channel: JobChannel) -> ProgressMessage {
    if let made = channel.snapshot { return made }
    let made = ProgressMessage.snapshot(channel.board, at: clock.now)
    channel.snapshot = made
    metrics.snapshots.add()
    return made
  }

  // MARK: Forgetting

  /// A subscriber hears of a job no more because it named it.
  func leave(_ job: JobID, _ id: Int) {
    guard let channel = channels[job] else { return }
    channel.live.remove(id)
    // A finished job that nobody watches is nobody's business any more.
    if channel.live.isEmpty, channel.board.state.isFinished { forget(channel) }
  }

  func forget(_ channel: JobChannel) {
    if channel.isSettled { forgotten[channel.job] = channel.told }
    channels[channel.job] = nil
    channel.ticks = [:]
  }

  /// Keeps in mind no more jobs than may be.
  func forgetUnwatched() {
    guard channels.count > limits.channels else { return }
    let unwatched = channels.values.filter { $0.live.isEmpty }.sorted { $0.opened < $1.opened }
    for channel in unwatched.prefix(channels.count - limits.channels) { forget(channel) }
  }
}
