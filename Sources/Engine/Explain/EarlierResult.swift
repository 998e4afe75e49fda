import StageKit

/// What stood in a unit's place before.
package struct EarlierResult: Codable, Sendable, Hashable {
  package let key: Digest?
  package let content: Digest?
  /// Whether the content is the same, so that nothing below had to run; nil where that is not known.
  package let isEqual: Bool?

  package init(key: Digest?, content: Digest?, isEqual: Bool?) {
    self.key = key
    self.content = content
    self.isEqual = isEqual
  }
}
