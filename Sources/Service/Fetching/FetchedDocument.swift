import Checkpoints

/// A document that was fetched from somebody's server.
package struct FetchedDocument: Sendable {
  package let document: ReceivedDocument
  /// For people: what the server calls it, else the end of the URL.
  package let name: String
}
