import Engine

/// Fetches documents from elsewhere.
package protocol DocumentFetching: Sendable {
  /// Writes what stands at an address into the spool.
  ///
  /// - Returns: what to call the document.
  /// - Throws: `Problem`.
  func fetch(_ address: String, into document: SpooledDocument) async throws -> String
}
