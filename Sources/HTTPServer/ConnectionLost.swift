/// The client went away before its request was answered.
package struct ConnectionLost: Error, Hashable, Sendable {
  package init() {}
}
