import Engine
import EventLoop
import StageKit

/// Files that are made when they are first asked for and kept for a while: each is made once, however many ask, and few
/// at once.
///
/// The one thing this actor guards: which are there, and how many are made at once.
actor MadeFiles<Key: Hashable & Sendable> {
  private let most: Int
  private let width: Int
  private let longestQueue: Int
  private let lifetime: Duration?

  private var kept: [Key: String] = [:]
  /// The one that was used longest ago first.
  private var order: [Key] = []
  private var lastUsed: [Key: ContinuousClock.Instant] = [:]
  private var making: [Key: Task<String, any Error>] = [:]
  private var busy = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// - Parameters:
  ///   - most: files kept.
  ///   - width: files made at once.
  ///   - longestQueue: files that wait to be made.
  ///   - lifetime: how long one that nobody asks for is kept; nil for as long as there is room.
  init(most: Int, width: Int, longestQueue: Int, lifetime: Duration? = nil) {
    self.most = most
    self.width = width
    self.longestQueue = longestQueue
    self.lifetime = lifetime
  }

  /// - Parameter make: makes the file, which is removed when it is kept no more, and tells its path.
  /// - Throws: what `make` throws; `Problem` with `overloaded` where too many wait.
  func file(_ key: Key, _ make: @escaping @Sendable () async throws -> String) async throws -> OpenFile {
    if let path = kept[key], let file = try? OpenFile(path: path) {
      use(key)
      return file
    }
    guard making[key] != nil || waiting.count < longestQueue else {
      throw Problem.later(.overloaded, "Too much of this kind is being made.", seconds: 5)
    }
    let task = making[key] ?? Task { try await made(key, make) }
    making[key] = task
    return try OpenFile(path: try await task.value)
  }

  /// Removes those that nobody is to have any more.
  func remove(where isUnwanted: @Sendable (Key) -> Bool) {
    for key in order where isUnwanted(key) { drop(key) }
  }

  private func made(_ key: Key, _ make: @Sendable () async throws -> String) async throws -> String {
    while busy >= width { await withCheckedContinuation { waiting.append($0) } }
    busy += 1
    defer {
      busy -= 1
      making[key] = nil
      if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
    let path = try await make()
    keep(key, path)
    return path
  }

  private func keep(_ key: Key, _ path: String) {
    if let old = kept.updateValue(path, forKey: key), old != path { PreviewFile.remove(old) }
    use(key)
    if order.count > most { drop(order[0]) }
    if let lifetime { Task { [weak self] in await self?.expire(key, path, after: lifetime) } }
  }

  private func use(_ key: Key) {
    order.removeAll { $0 == key }
    order.append(key)
    lastUsed[key] = .now
  }

  private func drop(_ key: Key) {
    order.removeAll { $0 == key }
    lastUsed[key] = nil
    if let path = kept.removeValue(forKey: key) { PreviewFile.remove(path) }
  }

  /// Removes a file once it has not been used for so long.
  private func expire(_ key: Key, _ path: String, after lifetime: Duration) async {
    while kept[key] == path, let last = lastUsed[key] {
      let rest = last + lifetime - .now
      guard rest > .zero else { return drop(key) }
      // Nobody cancels it.
      try? await Task.sleep(for: rest)
    }
  }
}
