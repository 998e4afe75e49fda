import CanonicalJSON
import HTTPServer
import Synchronization

/// One message to subscribers: encoded once, framed once, shared by all.
final class ProgressMessage: Sendable {
  enum Kind: String, Sendable {
    case transition, tick, snapshot, resync, plan, removed, error
  }

  let kind: Kind
  /// The number of the newest transition that whoever has this message knows of; nil where it says nothing of that.
  let seq: Int64?
  let json: [UInt8]
  private let frame = Mutex<WebSocketPayload?>(nil)

  init(_ kind: Kind, _ value: JSONValue, seq: Int64? = nil) {
    self.kind = kind
    self.seq = seq
    // Values made here hold no NaN and are not deep, so they can always be written.
    json = (try? value.canonicalBytes) ?? Array("{}".utf8)
  }

  /// From this size on it is compressed where it is made and not on the loop.
  private static let largeSize = 4 << 10

  var payload: WebSocketPayload {
    frame.withLock { frame in
      if let frame { return frame }
      let made = WebSocketPayload.text(json)
      if json.count >= Self.largeSize { made.compress() }
      frame = made
      return made
    }
  }

  /// As an event of `text/event-stream`. Its id is what the client sends back as `Last-Event-ID`.
  var streamEvent: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(json.count + 64)
    if let seq { bytes.append(contentsOf: "id: \(seq)\n".utf8) }
    // Transitions are what the type is for by default, so that `onmessage` hears them.
    if kind != .transition { bytes.append(contentsOf: "event: \(kind.rawValue)\n".utf8) }
    bytes.append(contentsOf: "data: ".utf8)
    // Canonical JSON has no line breaks.
    bytes.append(contentsOf: json)
    bytes.append(contentsOf: "\n\n".utf8)
    return bytes
  }
}
