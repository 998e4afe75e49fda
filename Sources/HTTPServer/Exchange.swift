import EventLoop

/// One request and its answer, while it lasts; owned by its connection.
final class Exchange {
  enum Progress {
    /// The handler has not answered yet.
    case waiting
    /// The head is sent, and the handler writes the body.
    case streaming
    /// All of the answer is queued.
    case complete
  }

  let number: UInt32
  let head: RequestHead
  let framing: MessageFraming
  let route: String?
  let began: LoopInstant
  let bodyLimit: Int64
  var progress = Progress.waiting
  var task: Task<Void, Never>?

  // The body
  var reader: BodyReader
  var channel: BodyChannel?
  var received: Int64 = 0
  var lastReceived: LoopInstant
  var owesContinue: Bool
  /// The body cannot be read on: the connection must be closed.
  var isBodyBroken = false

  // The answer
  var status = HTTPStatus(rawValue: 499)
  var keepsAlive: Bool
  var sent = 0
  var usesChunks = false
  /// Bytes that a streamed body of known length still owes.
  var promised: Int64?
  var writer: CheckedContinuation<Void, any Error>?

  init(
    number: UInt32, head: RequestHead, framing: MessageFraming, route: Route?, now: LoopInstant, bodyLimit: Int64
  ) {
    self.number = number
    self.head = head
    self.framing = framing
    self.route = route?.template
    self.bodyLimit = bodyLimit
    began = now
    lastReceived = now
    reader = BodyReader(framing.body)
    owesContinue = framing.expectsContinue
    keepsAlive = framing.keepsAlive
  }
}
