import StageKit

/// The name of a file in a bundle: one of a closed grammar, so that none can lead anywhere.
///
///     bundle.json  job.json  ledger.json  documents/<sha256>  objects/<aa>/<sha256>
package struct BundlePath: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let text: String
  /// What the file must hold, where its name says so.
  package let digest: Digest?

  /// - Returns: nil for any other name.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.longest else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var digest: Digest?
    switch (parts.count, parts[0]) {
    case (1, _):
      guard [Self.manifest, Self.job, Self.ledger].map(\.text).contains(text) else { return nil }
    case (2, "documents"):
      guard let named = Self.digest(parts[1]) else { return nil }
      digest = named
    case (3, "objects"):
      guard let named = Self.digest(parts[2]), named.hex.hasPrefix(parts[1]), parts[1].utf8.count == 2 else {
        return nil
      }
      digest = named
    default: return nil
    }
    self.text = text
    self.digest = digest
  }

  private init(fixed text: String) {
    self.text = text
    digest = nil
  }

  package init(document digest: Digest) {
    text = "documents/" + digest.hex
    self.digest = digest
  }

  package init(object digest: Digest) {
    text = "objects/\(digest.hex.prefix(2))/\(digest.hex)"
    self.digest = digest
  }

  /// Always the first file.
  package static let manifest = BundlePath(fixed: "bundle.json")
  package static let job = BundlePath(fixed: "job.json")
  package static let ledger = BundlePath(fixed: "ledger.json")

  package var description: String { text }

  /// By UTF-8 bytes: the order of the files in a bundle.
  package static func < (a: BundlePath, b: BundlePath) -> Bool { a.text.utf8.lexicographicallyPrecedes(b.text.utf8) }

  /// Bytes that a plain tar header has room for.
  private static let longest = 100

  /// Digits only: `Digest` also takes them with `sha256:` before them.
  private static func digest(_ name: String) -> Digest? { name.utf8.count == 64 ? Digest(name) : nil }
}

extension BundlePath: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let path = BundlePath(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text.prefix(120))\" is no name in a bundle")
    }
    self = path
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
