import HTTPServer
import Synchronization

/// One client's WebSocket, `sheaf.progress.v1`.
final class ProgressSocket: WebSocketHandler {
  private struct State {
    var subscriber: Int?
    /// Messages in the second that runs.
    var count = 0
    var second = ContinuousClock.now
  }

  private let hub: ProgressHub
  private let principal: Principal
  private let state = Mutex(State())

  init(_ hub: ProgressHub, _ principal: Principal) {
    self.hub = hub
    self.principal = principal
  }

  static let subprotocol = "sheaf.progress.v1"

  func opened(_ socket: WebSocket) async {
    let id = await hub.join(principal, WebSocketSink(socket: socket))
    state.withLock { $0.subscriber = id }
  }

  func received(_ message: WebSocketMessage, from socket: WebSocket) async {
    guard let id = state.withLock(\.subscriber) else { return }
    guard case .text(let text) = message else {
      return socket.close(.unsupportedData, reason: "messages are JSON text")
    }
    guard isInTime() else {
      return socket.close(.policyViolation, reason: "too many messages")
    }
    await hub.receive(text, from: id)
  }

  func closed(_ socket: WebSocket, _ closure: WebSocketClosure) async {
    if let id = state.withLock(\.subscriber) { await hub.leave(id) }
  }

  private func isInTime() -> Bool {
    let limit = hub.limits.messagesPerSecond
    return state.withLock { state in
      let now = ContinuousClock.now
      if now - state.second >= .seconds(1) {
        state.second = now
        state.count = 0
      }
      state.count += 1
      return state.count <= limit
    }
  }
}

extension ProgressHub {
  /// Does what a message asks; it is read here and not on the loop.
  func receive(_ text: [UInt8], from id: Int) async {
    do throws(ProgressCommand.Failure) {
      for command in try ProgressCommand.read(text, limits) { await obey(command, from: id) }
    } catch {
      tell(error, to: id)
    }
  }
}
