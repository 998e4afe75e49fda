import HTTPServer
import Ledger
import StageKit
import Synchronization

/// Answers a repeated request with the first one's answer (`Idempotency-Key`).
///
/// The answer is stored by the transaction that makes what was asked for, so that a crash leaves both or neither. That a
/// request is in work is known in memory only: with the process its work is gone, too. What was refused is not stored: a
/// client may correct it under the same key.
package final class Idempotency: Sendable {
  struct Place: Hashable, Sendable {
    let scope: String
    let key: String
  }

  private let clock: any ServiceClock
  private let lifetime: Double
  /// Of requests in work: as many as there are.
  private let places = Mutex<Set<Place>>([])

  /// - Parameter lifetime: seconds that an answer is kept for.
  package init(lifetime: Double = 24 * 3600, clock: any ServiceClock = WallClock()) {
    self.lifetime = lifetime
    self.clock = clock
  }

  /// Takes up a request, before its body is read.
  ///
  /// - Parameter scope: the caller's key id: one key's requests know nothing of another's.
  /// - Returns: nil for a request without the field. What is returned must live as long as the request is in work.
  /// - Throws: `Problem` with `invalid_parameter` for a field that is none, with `idempotency_in_flight` while another
  ///   request has the same; what the ledger throws.
  package func begin(
    _ request: Request, scope: String, _ ledger: any AccessLedger
  ) async throws -> IdempotentRequest? {
    guard let field = request.headers["Idempotency-Key"] else { return nil }
    guard let key = Self.key(field) else {
      throw Problem(.invalidParameter, "Idempotency-Key must be a quoted string of 1 to 255 characters.")
    }
    let place = Place(scope: scope, key: key)
    guard places.withLock({ $0.insert(place).inserted }) else {
      throw Problem.later(.idempotencyInFlight, "A request with this Idempotency-Key is still in work.", seconds: 1)
    }
    // From here on the place is given back when the request goes.
    let taken = IdempotentPlace(place) { [weak self] place in _ = self?.places.withLock { $0.remove(place) } }
    let stored = try await ledger.answer(scope: scope, key: key)
    return IdempotentRequest(taken, stored: stored, expires: clock.now + lifetime)
  }

  var inWork: Int { places.withLock { $0.count } }

  /// A quoted string (RFC 9651, 3.3.3), or the bare text that many clients send.
  static func key(_ field: String) -> String? {
    var bytes = Array(field.utf8)
    if bytes.first == UInt8(ascii: "\"") {
      guard bytes.count >= 2, bytes.last == UInt8(ascii: "\"") else { return nil }
      bytes = unescaped(bytes[1..<(bytes.count - 1)]) ?? []
    } else if bytes.contains(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
      return nil
    }
    guard (1...255).contains(bytes.count), bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var plain: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      let isMark = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
      if isEscaped {
        guard isMark else { return nil }
        plain.append(byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        guard !isMark else { return nil }
        plain.append(byte)
      }
    }
    return isEscaped ? nil : plain
  }
}
