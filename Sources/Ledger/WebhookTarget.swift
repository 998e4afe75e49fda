/// Whom a job's end is told to.
package struct WebhookTarget: Sendable, Hashable {
  /// `http` or `https`.
  package let url: String
  /// `whsec_…`, kept as given since every message is signed with it; nil for the server's own.
  package let secret: String?

  package init(url: String, secret: String? = nil) {
    self.url = url
    self.secret = secret
  }
}
