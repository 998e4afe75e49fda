/// One request to somebody else's server. Redirects are told, never followed.
package struct TransferRequest: Sendable {
  package enum Method: Sendable {
    case get
    case post([UInt8])
  }

  package var method: Method
  package var address: WebAddress
  package var headers: [(name: String, value: String)]
  package var limits: TransferLimits
  /// Whether an answer whose body goes beyond the limit counts all the same, without the rest.
  package var cutsBody: Bool

  package init(
    _ method: Method, _ address: WebAddress, headers: [(name: String, value: String)] = [], limits: TransferLimits,
    cutsBody: Bool = false
  ) {
    self.method = method
    self.address = address
    self.headers = headers
    self.limits = limits
    self.cutsBody = cutsBody
  }
}
