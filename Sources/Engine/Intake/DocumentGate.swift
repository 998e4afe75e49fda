/// Keeps a document that is being submitted from being removed with the last job that had it: submissions pass
/// together, removals alone.
actor DocumentGate {
  private var inside = 0
  private var isClosed = false
  private var outside: [CheckedContinuation<Void, Never>] = []
  private var closers: [CheckedContinuation<Void, Never>] = []

  nonisolated func submitting<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
    await enter()
    do {
      let value = try await body()
      await leave()
      return value
    } catch {
      await leave()
      throw error
    }
  }

  nonisolated func removing<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
    await close()
    do {
      let value = try await body()
      await open()
      return value
    } catch {
      await open()
      throw error
    }
  }

  private func enter() async {
    // A removal that waits goes first, so that submissions without end cannot keep it out.
    while isClosed || !closers.isEmpty { await withCheckedContinuation { outside.append($0) } }
    inside += 1
  }

  private func leave() {
    inside -= 1
    if inside == 0 { letCloserIn() }
  }

  private func close() async {
    if isClosed || inside > 0 { await withCheckedContinuation { closers.append($0) } } else { isClosed = true }
  }

  private func open() {
    isClosed = false
    if closers.isEmpty {
      for waiter in outside { waiter.resume() }
      outside = []
    } else {
      letCloserIn()
    }
  }

  private func letCloserIn() {
    guard !closers.isEmpty, !isClosed else { return }
    isClosed = true
    closers.removeFirst().resume()
  }
}
