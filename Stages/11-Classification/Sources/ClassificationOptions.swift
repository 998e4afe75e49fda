import CanonicalJSON
import Contracts
import StageKit

/// The options of classification.
package struct ClassificationOptions: StageOptions {
  /// The type, where the user knows it; `auto` decides by the rules.
  package var type = "auto"
  /// The confidence that the best type must reach.
  package var threshold = 0.5
  /// Whether a configured language model is asked where the rules are not sure.
  package var languageModel = true
  /// How many pages from the first are read for words.
  package var pages = 10

  package init() {}

  /// The type that the user named, or nil.
  var named: DocumentClass? { DocumentClass(rawValue: type) }

  package static var descriptors: [OptionDescriptor] {
    [
      OptionDescriptor(
        name: "type", kind: .choice, default: .string("auto"),
        help: "The document's type, where it is known; auto decides by the rules.",
        choices: ["auto"] + DocumentClass.allCases.map(\.rawValue)),
      .number("threshold", 0.5, 0...1, "The confidence that the best type must reach; below it the type is other."),
      .flag("languageModel", true, "Ask a configured language model where no type reaches the threshold."),
      .integer("pages", 10, 1...200, "How many pages from the first are read for words; the last two always are."),
    ]
  }
}
