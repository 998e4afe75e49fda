import EventLoop

/// One connection, as the server actor owns it: never touched outside its isolation, which is the loop's thread.
final class Connection {
  enum Phase {
    /// Waiting for a request's head, or in the midst of it.
    case head
    /// A request is being answered; what follows its body waits.
    case exchange
    /// The rest of an answered request's body is thrown away.
    case draining
    case webSocket
    /// All is said; what still comes is thrown away until the other end closes.
    case lingering
    case dead
  }

  let socket: StreamSocket
  let token: EventToken
  let peer: SocketAddress

  var phase = Phase.head
  /// Bytes that were received and not yet understood.
  var input: [UInt8] = []
  var parser = RequestHeadParser()
  /// Some of a head has come.
  var isHeadUnderway = false
  var output = OutputQueue()
  /// When the present phase must have ended.
  var deadline: LoopInstant
  /// Since when the socket takes nothing of what is to be sent; nil while it does.
  var blockedSince: LoopInstant?

  var interest: Readiness
  var isReadPaused = false
  var wantsWrite = false
  /// The other end sends no more.
  var peerHasClosed = false
  /// Close once everything is sent.
  var closesAfterFlush = false

  var exchange: Exchange?
  var lastExchange: UInt32 = 0
  var unread = BodyReader.done
  /// Bytes of that body which were thrown away.
  var drained: Int64 = 0
  var webSocket: WebSocketSession?

  init(socket: StreamSocket, token: EventToken, peer: SocketAddress, interest: Readiness, deadline: LoopInstant) {
    self.socket = socket
    self.token = token
    self.peer = peer
    self.interest = interest
    self.deadline = deadline
  }
}
