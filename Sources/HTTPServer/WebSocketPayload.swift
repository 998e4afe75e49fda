import Synchronization

/// One message for any number of WebSockets: framed once, compressed at most once per window size, and shared by all.
package final class WebSocketPayload: Sendable {
  /// Below this many bytes compression saves nothing worth its time.
  static let compressionThreshold = 128
  /// Up to this many bytes the loop itself compresses, about 2 ms; larger ones only if `compress` was called before.
  static let inlineCompressionLimit = 64 << 10

  let opcode: WebSocketOpcode
  /// The whole uncompressed frame.
  let frame: SharedBytes
  private let payloadStart: Int
  private let compressed = Mutex<[Int: SharedBytes?]>([:])

  package static func text(_ text: String) -> WebSocketPayload { WebSocketPayload(.text, Array(text.utf8)) }

  /// - Parameter utf8: UTF-8, which is the caller's to guarantee.
  package static func text(_ utf8: [UInt8]) -> WebSocketPayload { WebSocketPayload(.text, utf8) }

  package static func binary(_ bytes: [UInt8]) -> WebSocketPayload { WebSocketPayload(.binary, bytes) }

  init(_ opcode: WebSocketOpcode, _ bytes: [UInt8]) {
    self.opcode = opcode
    frame = bytes.withUnsafeBytes { WebSocketFrame.encode(opcode, $0) }
    payloadStart = frame.count - bytes.count
  }

  /// The length of the message itself.
  package var count: Int { frame.count - payloadStart }

  /// Compresses now, wherever the caller is: for large messages, to spare the loop the work.
  package func compress() {
    _ = compressedFrame(windowBits: PermessageDeflate.largestWindow)
  }

  /// The frame for a client that agreed on permessage-deflate with this window; nil where plain is better.
  func frame(windowBits: Int?) -> SharedBytes {
    guard let windowBits, !opcode.isControl, count >= Self.compressionThreshold else { return frame }
    if count > Self.inlineCompressionLimit, compressed.withLock({ $0[windowBits] == nil }) { return frame }
    return compressedFrame(windowBits: windowBits) ?? frame
  }

  private func compressedFrame(windowBits: Int) -> SharedBytes? {
    guard count >= Self.compressionThreshold else { return nil }
    return compressed.withLock { compressed in
      if let known = compressed[windowBits] { return known }
      let made = makeCompressed(windowBits)
      compressed[windowBits] = .some(made)
      return made
    }
  }

  private func makeCompressed(_ windowBits: Int) -> SharedBytes? {
    guard let bytes = MessageDeflater.deflate(payload, windowBits: windowBits), bytes.count < count else { return nil }
    return bytes.withUnsafeBytes { WebSocketFrame.encode(opcode, $0, compressed: true) }
  }

  private var payload: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: frame.buffer[payloadStart...]) }
}
