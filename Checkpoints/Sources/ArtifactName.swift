import StageKit

/// The name of a file that belongs to a checkpoint, as a worker gave it: checked before it becomes part of a path.
package struct ArtifactName: Sendable, Hashable, CustomStringConvertible {
  /// Relative to the stage's folder: `0007.png`, `0007-figure-01.png`, `md/document.md`.
  package let text: String

  /// - Parameters:
  ///   - text: letters, digits, `.`, `-`, `_` and at most one `/`, no part beginning with a dot.
  ///   - unit: whose file it is; the name begins with the unit's basename, so that no unit can touch another's files.
  package init(_ text: String, of unit: UnitID) throws(InvalidArtifactName) {
    func refuse(_ reason: InvalidArtifactName.Reason) -> InvalidArtifactName {
      InvalidArtifactName(
        name: String(decoding: text.utf8.prefix(Self.longest), as: UTF8.self), unit: unit, reason: reason)
    }
    guard text.utf8.count <= Self.longest else { throw refuse(.tooLong) }
    guard text.utf8.allSatisfy({ Self.letters.contains($0) || $0 == UInt8(ascii: "/") }) else { throw refuse(.letters) }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else { throw refuse(.folders) }
    guard parts.allSatisfy({ $0.first != "." }) else { throw refuse(.hidden) }
    let basename = unit.basename
    guard text.hasPrefix(basename), let next = text.dropFirst(basename.count).first, "./-".contains(next) else {
      throw refuse(.foreign)
    }
    guard text != basename + ".json" else { throw refuse(.checkpoint) }
    self.text = text
  }

  package var description: String { text }

  /// Bytes: room for a prefix within the 255 of a file name.
  private static let longest = 128
  private static let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_".utf8)
}
