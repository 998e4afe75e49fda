import Curl
import Engine
import EventLoop

/// Fetches documents from other people's servers, straight to the disk.
package final class DocumentFetcher: Sendable {
  private let configuration: FetchConfiguration
  private let pool: BlockingPool
  private let call: OutboundCall

  package init(_ configuration: FetchConfiguration) {
    self.configuration = configuration
    pool = BlockingPool(threads: configuration.concurrency, waiting: configuration.concurrency, name: "sheaf-fetch")
    call = OutboundCall(pool: pool, guardian: configuration.guardian)
  }

  deinit { pool.stop() }

  /// Fetches one. Cancelling the task breaks it off.
  ///
  /// - Parameter document: where it goes.
  /// - Returns: what to call it.
  /// - Throws: `Problem` with a code of `ProblemCode.fetching`, or `StageFailure` of the spool.
  package func fetch(_ url: String, into document: SpooledDocument) async throws -> String {
    let address = try Self.address(url)
    let configuration = configuration
    do {
      return try await call.run { rule, cancellation in
        try DocumentFetch(configuration: configuration, rule: rule, cancellation: cancellation, document: document)
          .run(from: address)
      }
    } catch let failure as TransferFailure {
      if failure == .cancelled { throw CancellationError() }
      throw Problem(failure)
    }
  }

  private static func address(_ url: String) throws(Problem) -> WebAddress {
    do {
      return try WebAddress(url)
    } catch {
      throw Problem(.invalidURL, "url must be http or https, at most 2,048 bytes, without name and password.")
    }
  }
}
