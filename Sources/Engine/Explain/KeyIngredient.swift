import CanonicalJSON
import Checkpoints
import StageKit

/// One thing that a unit's key is made of.
package struct KeyIngredient: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    case version, source, option, upstream, engine, rule, language
  }

  package enum Origin: String, Codable, Sendable, Hashable, CaseIterable {
    case `default`
    /// Set for the job, or for some of its pages.
    case set
    /// Neither the default nor what is set today: one of them changed since.
    case former
  }

  package let kind: Kind
  /// `languages`, `render/3`, `tesseract`, `deu`.
  package let name: String
  package let value: JSONValue
  /// As `KeyRecipe.Difference` names it: `options.languages`.
  package let path: String
  /// For options.
  package let origin: Origin?
  /// For an option that is set: the pages it is set for; nil for all.
  package let pages: [Int]?
  package let `default`: JSONValue?

  init(
    _ kind: Kind, _ name: String, _ value: JSONValue, path: String, origin: Origin? = nil, pages: [Int]? = nil,
    default: JSONValue? = nil
  ) {
    self.kind = kind
    self.name = name
    self.value = value
    self.path = path
    self.origin = origin
    self.pages = pages
    self.default = `default`
  }
}

extension KeyRecipe {
  /// The recipe taken apart, in the order in which people read it.
  ///
  /// - Parameters:
  ///   - row: the stage as it is today, whose defaults are told.
  ///   - overrides: the job's.
  func ingredients(row: StageDescriptor?, overrides: [OptionOverride]) -> [KeyIngredient] {
    [
      KeyIngredient(.version, "version", .integer(Int64(version)), path: "version"),
      KeyIngredient(.source, "source", .string(source.description), path: "source"),
    ] + optionIngredients(row, overrides) + upstreamIngredients + engineIngredients
  }

  private func optionIngredients(_ row: StageDescriptor?, _ overrides: [OptionOverride]) -> [KeyIngredient] {
    let page = UnitID(stage, unit).page
    return (options.object ?? [:]).sorted { $0.key < $1.key }.map { name, value in
      let standard = row?.options.first { $0.name == name }?.default
      let override = overrides.last { override in
        override.stage == stage && override.option == name
          && (override.pages == nil || page.map { override.pages?.contains($0) == true } ?? true)
      }
      let origin: KeyIngredient.Origin =
        if let override { override.value == value ? .set : .former } else { value == standard ? .default : .former }
      return KeyIngredient(
        .option, name, value, path: "options.\(name)", origin: origin, pages: origin == .set ? override?.pages : nil,
        default: standard)
    }
  }

  private var upstreamIngredients: [KeyIngredient] {
    upstream.map { ($0.key, UnitID($0.key), $0.value) }
      .sorted { a, b in
        guard let first = a.1, let second = b.1 else { return a.0 < b.0 }
        return first < second
      }
      .map { name, _, value in KeyIngredient(.upstream, name, .string(value), path: "upstream.\(name)") }
  }

  private var engineIngredients: [KeyIngredient] {
    engines.sorted { $0.key < $1.key }.map { name, value in
      let path = "engines.\(name)"
      if name.hasPrefix("rule:") { return KeyIngredient(.rule, String(name.dropFirst(5)), .string(value), path: path) }
      if name.hasSuffix(Self.languageEnding) {
        return KeyIngredient(.language, String(name.dropLast(Self.languageEnding.count)), .string(value), path: path)
      }
      return KeyIngredient(.engine, name, .string(value), path: path)
    }.sorted { Self.rank($0.kind) < Self.rank($1.kind) }
  }

  private static let languageEnding = ".traineddata"

  private static func rank(_ kind: KeyIngredient.Kind) -> Int { KeyIngredient.Kind.allCases.firstIndex(of: kind) ?? 0 }
}
