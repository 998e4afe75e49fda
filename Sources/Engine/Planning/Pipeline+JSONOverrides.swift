import CanonicalJSON
import Checkpoints
import StageKit

extension Pipeline {
  /// An option with a JSON value: `"ocr.languages": ["deu"]`; a text is read as it would be typed.
  ///
  /// - Throws: `StageFailure` with `unknown_stage`, `unknown_option` or `invalid_option`.
  package func override(
    named name: String, _ value: JSONValue, pages: [Int]? = nil
  ) throws(StageFailure) -> OptionOverride {
    if let text = value.string { return try override("\(name)=\(text)", pages: pages) }
    let names = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard names.count == 2 else {
      throw StageFailure(
        .invalidOption, "\"\(name.prefix(80))\" is no option.", hint: "Write it as stage.option, as in ocr.languages.")
    }
    let stage = try stage(named: String(names[0]))
    let descriptor = try option(String(names[1]), of: stage)
    return OptionOverride(
      stage: stage, option: descriptor.name, value: try descriptor.checked(value, stage: stage), pages: pages)
  }
}
