import GRDB

/// One try to deliver a message.
package struct DeliveryAttempt: Sendable, Hashable {
  /// Counts from 1.
  package let number: Int
  /// When it ended, seconds since 1970.
  package let at: Double
  /// What the receiver answered; nil where it did not.
  package let status: Int?
  /// Why there was no answer: a stable code.
  package let error: String?
  package let seconds: Double

  package init(number: Int, at: Double, status: Int?, error: String?, seconds: Double) {
    self.number = number
    self.at = at
    self.status = status
    self.error = error
    self.seconds = seconds
  }

  init(row: Row) throws {
    self.init(
      number: try row.decode(atIndex: 0), at: try row.decode(atIndex: 1), status: try row.decode(atIndex: 2),
      error: try row.decode(atIndex: 3), seconds: try row.decode(atIndex: 4))
  }
}
