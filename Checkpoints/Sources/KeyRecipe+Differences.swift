import CanonicalJSON
import StageKit

extension KeyRecipe {
  /// One thing in which two recipes differ.
  package struct Difference: Codable, Sendable, Hashable {
    /// What: `version`, `options.languages`, `upstream.ocr/7`, `engines.tesseract`.
    package let what: String
    /// As it was; nil where it was not there.
    package let old: JSONValue?
    /// As it is; nil where it is gone.
    package let new: JSONValue?

    package init(what: String, old: JSONValue?, new: JSONValue?) {
      self.what = what
      self.old = old
      self.new = new
    }
  }

  /// Why this recipe's key is not the other's, in the order of names.
  ///
  /// - Parameter old: the recipe of an earlier result of the same unit.
  package func differences(from old: KeyRecipe) -> [Difference] {
    let before = old.flat
    let after = flat
    return Set(before.keys).union(after.keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .filter { before[$0] != after[$0] }
      .map { Difference(what: $0, old: before[$0], new: after[$0]) }
  }

  private var flat: [String: JSONValue] {
    var all: [String: JSONValue] = [
      "format": .string(format), "version": .integer(Int64(version)), "source": .string(source.description),
      "unit": .string(UnitID(stage, unit).description),
    ]
    if let options = options.object {
      for (name, value) in options { all["options.\(name)"] = value }
    } else {
      all["options"] = options
    }
    for (name, value) in upstream { all["upstream.\(name)"] = .string(value) }
    for (name, value) in engines { all["engines.\(name)"] = .string(value) }
    return all
  }
}
