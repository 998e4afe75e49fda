/// The two versions that this server speaks.
package enum HTTPVersion: Sendable, Hashable {
  case http10
  case http11
}
