/// What follows the head of a request of ours.
package enum ClientBody: Sendable {
  case none
  case bytes([UInt8])
  /// Pieces as they come; sent in chunks where the length is not known.
  case stream(length: Int64?, @Sendable () async throws -> [UInt8]?)

  var length: Int64? {
    switch self {
    case .none: 0
    case .bytes(let bytes): Int64(bytes.count)
    case .stream(let length, _): length
    }
  }
}
