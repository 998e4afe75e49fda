import CZlib

/// Inflates messages one at a time, never beyond a bound (RFC 7692, 7.2.2).
///
/// One serves all connections that agreed on `client_no_context_takeover`; a connection whose peer keeps its context
/// has its own.
final class MessageInflater {
  /// What is inflated at a time before the bound is looked at.
  private static let step = 16 << 10

  private var stream = z_stream()
  private let keepsContext: Bool
  /// Taken once, since filling as much anew would cost more than inflating a small message.
  private let scratch = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: step)

  /// - Parameter keepsContext: whether a message may refer back to earlier ones.
  init(windowBits: Int = PermessageDeflate.largestWindow, keepsContext: Bool) throws(WebSocketFailure) {
    self.keepsContext = keepsContext
    let status = inflateInit2_(&stream, Int32(-windowBits), ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw WebSocketFailure(.internalError, "no memory to inflate") }
  }

  deinit {
    inflateEnd(&stream)
    scratch.deallocate()
  }

  /// - Parameter limit: bytes of the inflated message.
  /// - Throws: `.messageTooBig` as soon as the bound is passed, `.invalidPayload` for what is no deflate stream.
  func inflate(_ message: [UInt8], limit: Int) throws(WebSocketFailure) -> [UInt8] {
    if !keepsContext { inflateReset(&stream) }
    var input = message
    input.append(contentsOf: MessageDeflater.tail)
    var output: [UInt8] = []
    var consumed = 0
    while true {
      let (status, taken, made) = inflateStep(&input, from: consumed, into: &output, limit: limit)
      consumed += taken
      guard output.count <= limit else { throw WebSocketFailure(.messageTooBig, "the inflated message is too big") }
      switch status {
      case Z_OK where taken > 0 || made > 0: continue
      // No progress: all is read, and nothing is left to write.
      case Z_OK, Z_BUF_ERROR:
        guard consumed == input.count else { throw WebSocketFailure(.invalidPayload, "broken deflate data") }
        return output
      case Z_STREAM_END:
        // The sender ended the stream with a final block (RFC 7692, 7.2.3.4); what follows belongs to no stream.
        inflateReset(&stream)
        return output
      default:
        throw WebSocketFailure(.invalidPayload, "broken deflate data")
      }
    }
  }

  private func inflateStep(
    _ input: inout [UInt8], from start: Int, into output: inout [UInt8], limit: Int
  ) -> (status: Int32, taken: Int, made: Int) {
    // One byte over the limit is enough to know.
    let room = min(Self.step, limit - output.count + 1)
    let available = min(input.count - start, Int(UInt32.max))
    var status = Z_OK
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress.map { $0 + start }
      stream.avail_in = UInt32(available)
      stream.next_out = scratch.baseAddress
      stream.avail_out = UInt32(room)
      status = CZlib.inflate(&stream, Z_SYNC_FLUSH)
    }
    let made = room - Int(stream.avail_out)
    output.append(contentsOf: scratch[..<made])
    return (status, available - Int(stream.avail_in), made)
  }
}
