import CCurl

/// What a transfer's callbacks share. They are all called on the thread that performs it, while it does.
final class TransferState {
  typealias Sink = (_ status: Int, _ bytes: UnsafeRawBufferPointer) throws -> Void

  private let rule: AddressRule
  private let cancellation: TransferCancellation
  private let limit: Int
  private let sink: Sink
  private let handle: UnsafeMutableRawPointer

  private(set) var headers: [(name: String, value: String)] = []
  private var headBytes = 0
  private var bodyBytes = 0
  /// An address was refused; others of the name may still have been tried.
  private(set) var refusedAddress = false
  private(set) var isHeadTooLong = false
  private(set) var isBodyTooLong = false
  /// What the sink threw.
  private(set) var failure: (any Error)?

  init(
    handle: UnsafeMutableRawPointer, limit: Int, rule: @escaping AddressRule, cancellation: TransferCancellation,
    sink: @escaping Sink
  ) {
    self.handle = handle
    self.limit = limit
    self.rule = rule
    self.cancellation = cancellation
    self.sink = sink
  }

  static func of(_ context: UnsafeMutableRawPointer?) -> TransferState? {
    context.map { Unmanaged<TransferState>.fromOpaque($0).takeUnretainedValue() }
  }

  var isCancelled: Bool { cancellation.isCancelled }

  var status: Int {
    var status = 0
    // 0, as it stands, where libcurl does not know one yet.
    _ = ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  /// - Returns: an open socket for this address, or none where it may not be connected to.
  func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    var bytes = [UInt8](repeating: 0, count: 16)
    var port: UInt16 = 0
    let count = Int(ccurl_address(address, &bytes, &port))
    guard count > 0, rule(Array(bytes.prefix(count)), port) else {
      refusedAddress = true
      return Self.noSocket
    }
    return ccurl_open(address)
  }

  /// One line of the head.
  ///
  /// - Returns: whether to go on.
  func take(line: UnsafeRawBufferPointer) -> Bool {
    headBytes += line.count
    guard headBytes <= Self.headLimit else {
      isHeadTooLong = true
      return false
    }
    // Another head begins: after 100 Continue.
    if line.starts(with: "HTTP/".utf8) { headers = [] }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
    let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
    let blanks: [UInt8] = [0x20, 0x09, 0x0D, 0x0A]
    let value = line[(colon + 1)...].drop(while: blanks.contains)
    let end = value.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? value.startIndex
    headers.append((name, String(decoding: value[..<end], as: UTF8.self)))
    return true
  }

  /// A piece of the body.
  ///
  /// - Returns: whether to go on.
  func take(body: UnsafeRawBufferPointer) -> Bool {
    guard body.count <= limit - bodyBytes else {
      isBodyTooLong = true
      return false
    }
    bodyBytes += body.count
    do {
      try sink(status, body)
      return true
    } catch {
      failure = error
      return false
    }
  }

  /// Bytes of an answer's head: four times what our own server takes of a request.
  private static let headLimit = 64 << 10
  static let noSocket: curl_socket_t = -1
}
