/// Where a word's letters came from.
package enum TextSource: String, Codable, Sendable, Hashable, CaseIterable {
  case textLayer = "text-layer"
  case recognition
}
