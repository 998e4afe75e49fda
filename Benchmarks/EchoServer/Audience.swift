import HTTPServer
import Synchronization

/// Those who watch, to tell them all the same.
final class Audience: WebSocketHandler {
  private let members = Mutex<Set<WebSocket>>([])

  func opened(_ socket: WebSocket) async { members.withLock { _ = $0.insert(socket) } }

  func closed(_ socket: WebSocket, _ closure: WebSocketClosure) async { members.withLock { _ = $0.remove(socket) } }

  /// - Returns: how many they are.
  func tell(_ message: WebSocketPayload) -> Int {
    let all = members.withLock { $0 }
    for member in all { member.outbox.offer(message) }
    return all.count
  }
}
