import GRDB

/// A write that waits for its transaction.
protocol PendingWrite {
  /// Runs the write and keeps what came of it.
  ///
  /// - Parameter isAlone: whether it has the transaction to itself, which is then rolled back where it fails; else it
  ///   gets a savepoint of its own, and its failure leaves no effect.
  /// - Returns: its failure, if it failed.
  func run(in database: Database, now: Double, isAlone: Bool) -> (any Error)?

  /// Tells the caller: what came of it, or the failure of the whole transaction.
  func finish(_ failure: (any Error)?)
}

/// Used by the ledger's thread only.
final class WriteRequest<Value: Sendable>: PendingWrite {
  private let body: @Sendable (LedgerTransaction) throws -> Value
  private let continuation: CheckedContinuation<Value, any Error>
  private var result: Result<Value, any Error>?

  init(
    _ body: @escaping @Sendable (LedgerTransaction) throws -> Value,
    continuation: CheckedContinuation<Value, any Error>
  ) {
    self.body = body
    self.continuation = continuation
  }

  func run(in database: Database, now: Double, isAlone: Bool) -> (any Error)? {
    let result = Result {
      try LedgerFailure.translating {
        if isAlone { return try body(LedgerTransaction(database: database, now: now)) }
        var value: Value?
        try database.inSavepoint {
          value = try body(LedgerTransaction(database: database, now: now))
          return .commit
        }
        // inSavepoint either ran the closure to its end or threw.
        guard let value else { throw LedgerFailure.storage(message: "the savepoint was left early", outOfDisk: false) }
        return value
      }
    }
    self.result = result
    if case .failure(let failure) = result { return failure }
    return nil
  }

  func finish(_ failure: (any Error)?) {
    if case .failure(let own) = result {
      continuation.resume(throwing: own)
    } else if let failure {
      continuation.resume(throwing: failure)
    } else if let result {
      continuation.resume(with: result)
    } else {
      // A commit without a failure has run every request of its batch.
      continuation.resume(throwing: LedgerFailure.storage(message: "the write was never run", outOfDisk: false))
    }
  }
}
