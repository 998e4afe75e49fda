import Checkpoints
import HTTPServer
import Ledger
import Logging
import StageKit

extension ProgressHub {
  /// Does what a client asks.
  func obey(_ command: ProgressCommand, from id: Int) async {
    guard let subscriber = subscribers[id] else { return }
    switch command {
    case .subscribe(let jobs, let since): subscribe(subscriber, to: jobs, since)
    case .subscribeToAll(let since): subscribeToAll(subscriber, since)
    case .unsubscribe(let jobs):
      await calm()
      flushAll()
      for job in jobs { unsubscribe(subscriber, from: job) }
    case .unsubscribeFromAll: unsubscribeFromAll(subscriber)
    }
    await feed(id)
  }

  func tell(_ failure: ProgressCommand.Failure, to id: Int) {
    guard let subscriber = subscribers[id] else { return }
    // One is enough to know of: a client that errs without end fills no queue.
    _ = subscriber.sink.offer(.error(failure), key: Self.errorKey, pinned: false)
  }

  /// Below all keys of ticks, whose jobs count from 1.
  private static let errorKey: UInt64 = 1

  private func subscribe(_ subscriber: ProgressSubscriber, to jobs: [JobID], _ since: [JobID: Int64]) {
    for job in jobs {
      guard subscriber.named.contains(job) || subscriber.named.count < limits.subscriptions else {
        return tell(.tooMany(limits.subscriptions), to: subscriber.id)
      }
      subscriber.named.insert(job)
      catchUp(subscriber, job, since: since[job])
    }
  }

  private func catchUp(_ subscriber: ProgressSubscriber, _ job: JobID, since: Int64?) {
    subscriber.dropCatchUp(of: job)
    channels[job]?.live.remove(subscriber.id)
    subscriber.following[job] = .catchingUp
    subscriber.queue(.job(job, since: since))
  }

  private func subscribeToAll(_ subscriber: ProgressSubscriber, _ since: [JobID: Int64]) {
    unsubscribeFromAll(subscriber)
    subscriber.watchesAll = true
    // First, so that it hears of jobs as it is done with catching up with them.
    subscriber.queue(.all(after: nil))
    for (job, number) in since.sorted(by: { $0.key.text < $1.key.text }) where !subscriber.named.contains(job) {
      catchUp(subscriber, job, since: number)
    }
  }

  private func unsubscribe(_ subscriber: ProgressSubscriber, from job: JobID) {
    guard subscriber.named.remove(job) != nil else { return }
    if subscriber.watchesAll, subscriber.following[job] == .catchingUp {
      // It goes on with this job as with all others once it has caught up.
      return
    }
    subscriber.dropCatchUp(of: job)
    subscriber.following[job] = nil
    if let channel = channels[job], !channel.isSettled { channel.informed.insert(subscriber.id) }
    leave(job, subscriber.id)
  }

  private func unsubscribeFromAll(_ subscriber: ProgressSubscriber) {
    guard subscriber.watchesAll else { return }
    subscriber.watchesAll = false
    stopWatchingAll(subscriber)
    subscriber.dropCatchUpOfAll()
    for job in subscriber.following.keys where !subscriber.named.contains(job) {
      subscriber.dropCatchUp(of: job)
      subscriber.following[job] = nil
    }
  }

  // MARK: Catching up

  /// Tells a subscriber what it has yet to be told. Each time its queue is empty it gets no more than one batch, so that
  /// little waits for one who reads nothing.
  func feed(_ id: Int) async {
    guard let subscriber = subscribers[id], !subscriber.isFeeding, !subscriber.awaitsRoom else { return }
    subscriber.isFeeding = true
    defer { subscriber.isFeeding = false }
    var cost = 0
    while subscribers[id] != nil, let (number, what) = subscriber.catchUps.first {
      guard cost < limits.batch else { return feedWhenEmpty(subscriber) }
      do {
        switch what {
        case .job(let job, .some(let since)): cost += try await replay(job, since: since, number, to: subscriber)
        case .job(let job, nil): cost += try await tellSnapshot(of: job, number, to: subscriber)
        case .all(let cursor): cost += try await tellPage(after: cursor, number, to: subscriber)
        }
      } catch {
        logger.warning("a subscriber could not be told where its jobs stand", metadata: ["error": "\(error)"])
        subscriber.sink.close(.internalError, "the ledger could not be read")
        return leave(id)
      }
    }
  }

  /// - Returns: the message's part of a batch.
  private func feed(_ message: ProgressMessage, to subscriber: ProgressSubscriber) -> Int {
    deliver(message, to: subscriber)
    return 1 + message.json.count / Self.unitOfCost
  }

  /// Bytes of a message that count as much as one more message: a batch is a quarter of what may wait.
  private static let unitOfCost = 4 << 10

  private func tellSnapshot(of job: JobID, _ number: Int, to subscriber: ProgressSubscriber) async throws -> Int {
    guard let channel = try await visibleChannel(job, to: subscriber) else {
      return refuse(job, number, to: subscriber)
    }
    flushAll()
    // The queue may have been filled by what waited, so that it begins anew.
    guard channels[job] === channel, subscriber.advance(number, to: nil) else { return 0 }
    begin(subscriber, channel)
    return feed(snapshot(of: channel), to: subscriber)
  }

  /// The transitions after a number, up to where they are told as they happen.
  private func replay(_ job: JobID, since: Int64, _ number: Int, to subscriber: ProgressSubscriber) async throws -> Int
  {
    guard let channel = try await visibleChannel(job, to: subscriber) else {
      return refuse(job, number, to: subscriber)
    }
    let told = channel.told
    var news = try await ledger?.events(of: job, since: since, limit: limits.batch) ?? []
    await calm()
    flushAll()
    guard channels[job] === channel, subscriber.catchUps.first?.number == number else { return 0 }
    news.removeAll { $0.seq > channel.told }
    // Pruned, or a number that there never was.
    guard since <= told, news.first.map({ $0.seq == since + 1 }) ?? (since == told) else {
      subscriber.advance(number, to: .job(job, since: nil))
      return 0
    }
    var cost = 0
    let position = news.last?.seq ?? since
    guard position == channel.told else {
      guard subscriber.advance(number, to: .job(job, since: position)) else { return 0 }
      for event in news { cost += feed(.transition(event), to: subscriber) }
      return cost
    }
    guard subscriber.advance(number, to: nil) else { return 0 }
    begin(subscriber, channel)
    for event in news { cost += feed(.transition(event), to: subscriber) }
    return cost + feed(.plan(channel.board), to: subscriber)
  }

  /// From now on the subscriber hears of the job as it happens. Nothing waits to be told.
  private func begin(_ subscriber: ProgressSubscriber, _ channel: JobChannel) {
    if subscriber.named.contains(channel.job) {
      subscriber.following[channel.job] = .live
      channel.live.insert(subscriber.id)
    } else {
      subscriber.following[channel.job] = nil
      if !channel.isSettled { channel.informed.insert(subscriber.id) }
    }
  }

  private func visibleChannel(_ job: JobID, to subscriber: ProgressSubscriber) async throws -> JobChannel? {
    guard let channel = try await openedChannel(job), subscriber.principal.maySee(channel.board.record) else {
      return nil
    }
    await calm()
    return channel
  }

  /// There is no such job, or none for the subscriber, which is not to learn the difference.
  private func refuse(_ job: JobID, _ number: Int, to subscriber: ProgressSubscriber) -> Int {
    guard subscriber.advance(number, to: nil) else { return 0 }
    subscriber.following[job] = nil
    // Of those who watch all, one that is gone since is nobody's news.
    guard subscriber.named.remove(job) != nil else { return 0 }
    return feed(.error(.noJob(job.text)), to: subscriber)
  }

  // MARK: All jobs

  /// One page of the unfinished jobs that the subscriber may see.
  private func tellPage(after cursor: PageCursor?, _ number: Int, to subscriber: ProgressSubscriber) async throws -> Int
  {
    if cursor == nil, subscriber.watchingSince == nil {
      // What happens from now on it hears; where jobs stand it is told page by page.
      await calm()
      flushAll()
      guard subscriber.catchUps.first?.number == number else { return 0 }
      watchersOfAll.insert(subscriber.id)
      subscriber.watchingSince = nextMoment()
    }
    let records = try await ledger?.jobs(states: Self.unfinished, before: cursor?.record, limit: limits.page) ?? []
    var jobs: [JobID] = []
    for record in records where subscriber.principal.maySee(record) {
      if try await openedChannel(record.manifest.id) != nil { jobs.append(record.manifest.id) }
    }
    await calm()
    flushAll()
    let last = records.count < limits.page ? nil : records.last.map(PageCursor.init(after:))
    guard subscriber.advance(number, to: last.map { .all(after: $0) }) else { return 0 }
    // One that was forgotten meanwhile has ended, and the subscriber has heard of it.
    let told = jobs.compactMap { channels[$0] }.filter { hears(subscriber, $0) }
    for channel in told where !channel.isSettled { channel.informed.insert(subscriber.id) }
    // The last page is told even where it is empty: then the client knows that it has them all.
    if !told.isEmpty || last == nil {
      deliver(.page(told.map(\.board), more: last != nil, at: clock.now), to: subscriber)
    }
    forgetUnwatched()
    return limits.batch
  }

  private static let unfinished = Set(JobState.allCases.filter { !$0.isFinished })
}
