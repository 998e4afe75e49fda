/// One thing that is wrong with a JSON value, and where.
package struct JSONFault: Error, Hashable, Sendable {
  package let path: JSONPointer
  /// What is wrong, in words: `is a string, not a number`.
  package let message: String

  package init(_ path: JSONPointer, _ message: String) {
    self.path = path
    self.message = message
  }
}

extension JSONFault: CustomStringConvertible {
  package var description: String { "\(path.tokens.isEmpty ? "(the whole)" : path.description): \(message)" }
}
