import EventLoop
import Synchronization

import struct Crypto.SHA256

/// Texts that stand for a key for a while: sessions and tickets. Only their hashes are kept, in memory: a restart ends
/// them all.
///
/// Each key has room for some; a further one takes the place of the one used longest ago, so no key can push another's out.
final class TokenStore: Sendable {
  private typealias Tokens = RecentMap<[UInt8], LoopInstant>

  private let tokens = Mutex<[String: Tokens]>([:])
  private let perKey: Int
  private let lifetime: Duration
  private let clock: any LoopClock

  init(perKey: Int, lifetime: Duration, clock: any LoopClock) {
    self.perKey = perKey
    self.lifetime = lifetime
    self.clock = clock
  }

  /// - Returns: the text, told once.
  func issue(for keyID: String) -> String {
    let text = keyID + Self.mark + RandomText.make(Self.secretLength)
    let ends = clock.now.advanced(by: lifetime)
    tokens.withLock { $0[keyID, default: Tokens(capacity: perKey)][Self.hash(text)] = ends }
    return text
  }

  /// The key that a text stands for, as long as it does.
  func find(_ text: String) -> String? { find(text, takes: false) }

  /// The same, the one time that it works.
  func take(_ text: String) -> String? { find(text, takes: true) }

  private func find(_ text: String, takes: Bool) -> String? {
    guard text.utf8.count <= Self.longest, let end = text.range(of: Self.mark) else { return nil }
    let keyID = String(text[..<end])
    let hash = Self.hash(text)
    let now = clock.now
    return tokens.withLock { tokens in
      guard let ends = tokens[keyID]?[hash] else { return nil }
      if takes || ends <= now { tokens[keyID]?[hash] = nil }
      if tokens[keyID]?.count == 0 { tokens[keyID] = nil }
      return ends > now ? keyID : nil
    }
  }

  /// Ends one.
  func end(_ text: String) { _ = take(text) }

  var count: Int { tokens.withLock { $0.values.reduce(0) { $0 + $1.count } } }

  private static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

  private static let mark = "."
  /// 200 bits.
  private static let secretLength = 40
  private static let longest = 128  // bytes; twice what we issue
}

extension String {
  /// Where a mark first stands.
  fileprivate func range(of mark: String) -> Index? { mark.first.flatMap { firstIndex(of: $0) } }
}
