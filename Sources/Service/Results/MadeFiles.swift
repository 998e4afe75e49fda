import Engine
import EventLoop
import StageKit

/// A file that was made for those who ask.
struct MadeFile: Sendable {
  var path: String
  /// In quotes; nil where the file has none of its own.
  var entityTag: String?
}

/// Files that are made when they are first asked for and kept for a while: each is made once, however many ask, and few
/// at once. What nobody waits for any more is not made.
///
/// The one thing this actor guards: which are there, which are being made, and who waits for them.
actor MadeFiles<Key: Hashable & Sendable> {
  typealias Make = @Sendable () async throws -> MadeFile
  typealias Opened = (file: OpenFile, entityTag: String?)

  private struct Making {
    let number: Int
    let make: Make
    var task: Task<Void, Never>?
    var waiters: [Int: CheckedContinuation<Opened, any Error>] = [:]
  }

  private struct Kept {
    let made: MadeFile
    let bytes: Int64
    var lastUsed: ContinuousClock.Instant
  }

  private let most: Int
  private let mostBytes: Int64
  private let width: Int
  private let longestQueue: Int
  private let lifetime: Duration?

  private var kept: [Key: Kept] = [:]
  /// The one that was used longest ago first.
  private var order: [Key] = []
  private var making: [Key: Making] = [:]
  /// Of `making`, those that have no place yet.
  private var queue: [Key] = []
  private var busy = 0
  private var numbers = 0

  /// - Parameters:
  ///   - most: files kept.
  ///   - mostBytes: bytes kept; the newest file may be larger.
  ///   - width: files made at once.
  ///   - longestQueue: files that wait to be made.
  ///   - lifetime: how long one that nobody asks for is kept; nil for as long as there is room.
  init(most: Int, mostBytes: Int64 = .max, width: Int, longestQueue: Int, lifetime: Duration? = nil) {
    self.most = most
    self.mostBytes = mostBytes
    self.width = width
    self.longestQueue = longestQueue
    self.lifetime = lifetime
  }

  /// - Parameter make: makes the file, which is removed when it is kept no more; cancelled when nobody waits for it.
  /// - Throws: what `make` throws; `Problem` with `overloaded` where too many wait; `CancellationError` for who is
  ///   cancelled.
  func file(_ key: Key, _ make: @escaping Make) async throws -> Opened {
    if let made = kept[key]?.made, let file = try? OpenFile(path: made.path) {
      use(key)
      return (file, made.entityTag)
    }
    if making[key] == nil {
      guard queue.count < longestQueue else {
        throw Problem.later(.overloaded, "Too much of this kind is being made.", seconds: 5)
      }
      numbers += 1
      making[key] = Making(number: numbers, make: make)
      queue.append(key)
      startNext()
    }
    numbers += 1
    let waiter = numbers
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { making[key]?.waiters[waiter] = $0 }
    } onCancel: {
      // Runs behind what has begun to wait, since that holds the actor until it waits.
      Task { await self.leave(key, waiter) }
    }
  }

  /// Removes those that nobody is to have any more.
  ///
  /// - Parameter reason: what those are told who wait for one.
  func remove(because reason: any Error, where isUnwanted: @Sendable (Key) -> Bool) {
    for key in order where isUnwanted(key) { drop(key) }
    for key in making.keys.filter(isUnwanted) {
      for waiter in abandon(key) { waiter.resume(throwing: reason) }
    }
  }

  /// Removes all that nobody is waiting for.
  /// - Returns: their bytes.
  @discardableResult
  func makeRoom() -> Int64 {
    let bytes = keptBytes
    for key in order { drop(key) }
    return bytes
  }

  // MARK: What is being made

  private func startNext() {
    while busy < width, !queue.isEmpty {
      let key = queue.removeFirst()
      guard let next = making[key] else { continue }
      busy += 1
      making[key]?.task = Task {
        do {
          finish(key, next.number, .success(try await next.make()))
        } catch {
          finish(key, next.number, .failure(error))
        }
      }
    }
  }

  private func finish(_ key: Key, _ number: Int, _ result: Result<MadeFile, any Error>) {
    busy -= 1
    defer { startNext() }
    guard let ended = making[key], ended.number == number else {
      if case .success(let made) = result { PreviewFile.remove(made.path) }
      return
    }
    making[key] = nil
    let opened = Result<Opened, any Error> {
      let made = try result.get()
      let file = try OpenFile(path: made.path)
      keep(key, made, bytes: file.size)
      return (file, made.entityTag)
    }
    for waiter in ended.waiters.values { waiter.resume(with: opened) }
  }

  private func leave(_ key: Key, _ waiter: Int) {
    guard let continuation = making[key]?.waiters.removeValue(forKey: waiter) else { return }
    if making[key]?.waiters.isEmpty == true { _ = abandon(key) }
    continuation.resume(throwing: CancellationError())
  }

  /// Its place is free again when it has ended.
  /// - Returns: those that waited for it.
  private func abandon(_ key: Key) -> [CheckedContinuation<Opened, any Error>] {
    guard let left = making.removeValue(forKey: key) else { return [] }
    queue.removeAll { $0 == key }
    left.task?.cancel()
    return Array(left.waiters.values)
  }

  // MARK: What is kept

  private var keptBytes: Int64 { kept.values.reduce(0) { $0 + $1.bytes } }

  private func keep(_ key: Key, _ made: MadeFile, bytes: Int64) {
    drop(key)
    kept[key] = Kept(made: made, bytes: bytes, lastUsed: .now)
    order.append(key)
    while order.count > most || (order.count > 1 && keptBytes > mostBytes) { drop(order[0]) }
    if let lifetime { Task { [weak self] in await self?.expire(key, made.path, after: lifetime) } }
  }

  private func use(_ key: Key) {
    order.removeAll { $0 == key }
    order.append(key)
    kept[key]?.lastUsed = .now
  }

  private func drop(_ key: Key) {
    order.removeAll { $0 == key }
    if let old = kept.removeValue(forKey: key) { PreviewFile.remove(old.made.path) }
  }

  /// Removes a file once it has not been used for so long.
  private func expire(_ key: Key, _ path: String, after lifetime: Duration) async {
    while let file = kept[key], file.made.path == path {
      let rest = file.lastUsed + lifetime - .now
      guard rest > .zero else { return drop(key) }
      // Nobody cancels it.
      try? await Task.sleep(for: rest)
    }
  }
}
