import CCurl

/// Why there is no answer.
package enum TransferFailure: Error, Sendable, Hashable {
  /// The name stands for addresses of which none may be connected to.
  case addressRefused
  case unresolved
  /// No connection, or it broke off.
  case unreachable
  case timedOut
  /// The body is larger than the limit.
  case tooLarge
  /// The certificate is not valid for the name, or TLS failed otherwise.
  case insecure
  /// What came is not HTTP, or its head has no end.
  case malformed
  case cancelled
  /// libcurl's own words, for the log.
  case internalError(detail: String)

  init(_ code: CURLcode) {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: self = .unresolved
    case CURLE_COULDNT_CONNECT, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE:
      self = .unreachable
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut
    case CURLE_FILESIZE_EXCEEDED: self = .tooLarge
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      self = .insecure
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_HTTP2_STREAM,
      CURLE_BAD_CONTENT_ENCODING:
      self = .malformed
    case CURLE_ABORTED_BY_CALLBACK: self = .cancelled
    default: self = .internalError(detail: String(cString: curl_easy_strerror(code)))
    }
  }

  /// Stable, for people's records and for programs.
  package var code: String {
    switch self {
    case .addressRefused: "address_refused"
    case .unresolved: "name_not_found"
    case .unreachable: "unreachable"
    case .timedOut: "timed_out"
    case .tooLarge: "too_large"
    case .insecure: "tls_failed"
    case .malformed: "not_http"
    case .cancelled: "cancelled"
    case .internalError: "internal_error"
    }
  }
}
