/// What a transfer may take.
package struct TransferLimits: Sendable {
  /// Until a connection stands, the lookup of the name and TLS included.
  package var connect: Duration
  /// From beginning to end.
  package var total: Duration
  /// For how long less than `stallBytes` a second may arrive.
  package var stall: Duration
  /// Bytes of the answer's body.
  package var body: Int

  /// A slower sender is as good as a silent one.
  static let stallBytes = 100

  package init(connect: Duration, total: Duration, stall: Duration, body: Int) {
    self.connect = connect
    self.total = total
    self.stall = stall
    self.body = body
  }
}
