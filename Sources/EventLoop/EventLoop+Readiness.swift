extension EventLoop {
  /// Attentions given per turn, so that a broadcast to thousands does not keep everyone else waiting: about 2 ms of
  /// sends.
  private static let attentionsPerTurn = 256

  /// Watches a descriptor. On the loop's thread only.
  ///
  /// - Parameter handler: kept alive until `remove`.
  /// - Throws: `LoopFailure.Code.system` where the kernel watches no more descriptors.
  package func register(
    _ descriptor: Int32, for readiness: Readiness, handler: any ReadinessHandler
  ) throws(LoopFailure) -> EventToken {
    checkIsolated()
    // The generation keeps clear of the poller's own token, all ones.
    lastGeneration = lastGeneration >= UInt32.max - 1 ? 1 : lastGeneration + 1
    let token = EventToken(generation: lastGeneration, descriptor: descriptor)
    try poller.add(token, readiness)
    let index = Int(descriptor)
    if index >= registrations.count {
      registrations.append(contentsOf: repeatElement(nil, count: index + 1 - registrations.count))
    }
    registrations[index] = Registration(token: token, handler: handler)
    return token
  }

  /// Changes what a descriptor is watched for. On the loop's thread only.
  package func change(_ token: EventToken, to readiness: Readiness) {
    guard registration(token) != nil else { return }
    poller.change(token, readiness)
  }

  /// Watches a descriptor no longer; to be called before it is closed. On the loop's thread only.
  package func remove(_ token: EventToken) {
    guard registration(token) != nil else { return }
    poller.remove(token)
    registrations[Int(token.descriptor)] = nil
  }

  /// Watches a descriptor no longer, if it is still this handler's. On the loop's thread only.
  func remove(_ descriptor: Int32, of handler: any ReadinessHandler) {
    let index = Int(descriptor)
    guard registrations.indices.contains(index), let found = registrations[index], found.handler === handler else {
      return
    }
    remove(found.token)
  }

  /// Has the descriptor's handler called with `.attention` in one of the next turns. From any thread.
  package func requestAttention(_ token: EventToken) {
    wakeIfNeeded(inbox.add(attention: token))
  }

  func registration(_ token: EventToken) -> Registration? {
    let index = Int(token.descriptor)
    guard registrations.indices.contains(index), let found = registrations[index], found.token == token else {
      return nil
    }
    return found
  }

  /// Tells the handlers of the events that the poller holds, in runs of the same handler.
  func dispatch(_ count: Int) {
    guard count > 0 else { return }
    batch.removeAll(keepingCapacity: true)
    for index in 0..<count {
      if let event = poller.event(at: index) { batch.append(event) }
    }
    tellBatch("events")
  }

  /// Tells the handlers of those that asked for attention, a bounded number per turn.
  func giveAttention() {
    guard !pendingAttention.isEmpty else { return }
    batch.removeAll(keepingCapacity: true)
    for token in pendingAttention.prefix(Self.attentionsPerTurn) {
      batch.append(ReadyEvent(token: token, readiness: .attention))
    }
    pendingAttention.removeFirst(batch.count)
    tellBatch("attention")
  }

  private func tellBatch(_ kind: StaticString) {
    var current: (any ReadinessHandler)?
    var start = 0
    for index in batch.indices {
      let handler = registration(batch[index].token)?.handler
      if handler !== current {
        tell(current, start..<index, kind)
        current = handler
        start = index
      }
    }
    tell(current, start..<batch.count, kind)
  }

  private func tell(_ handler: (any ReadinessHandler)?, _ range: Range<Int>, _ kind: StaticString) {
    guard let handler, !range.isEmpty else { return }
    handler.ready(batch[range])
    monitor.ended(kind, at: clock.now)
  }
}
