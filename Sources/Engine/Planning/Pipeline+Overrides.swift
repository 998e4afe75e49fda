import CanonicalJSON
import Checkpoints
import StageKit

extension Pipeline {
  /// Reads `stage.option=value`.
  ///
  /// - Parameter pages: what the override is for, ascending; nil for all.
  /// - Throws: `StageFailure` with `unknown_stage`, `unknown_option` or `invalid_option`, naming the nearest right one.
  package func override(_ text: String, pages: [Int]? = nil) throws(StageFailure) -> OptionOverride {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let names = halves[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, names.count == 2 else {
      throw StageFailure(
        .invalidOption, "\"\(text)\" is no option.",
        hint: "Write it as stage.option=value, as in ocr.languages=eng+deu.")
    }
    let stage = try stage(named: String(names[0]))
    let descriptor = try option(String(names[1]), of: stage)
    return OptionOverride(
      stage: stage, option: descriptor.name, value: try descriptor.parse(String(halves[1]), stage: stage), pages: pages)
  }

  /// A stage by its name.
  ///
  /// - Throws: `StageFailure` with `unknown_stage`.
  package func stage(named name: String) throws(StageFailure) -> StageID {
    if let stage = StageID(rawValue: name) { return stage }
    let all = StageID.allCases.map(\.rawValue)
    let nearest = NearestName.of(name, in: all).map { "Did you mean \($0)?" }
    throw StageFailure(
      .unknownStage, "There is no stage \"\(name)\".", hint: nearest ?? "The stages are \(all.joined(separator: ", "))."
    )
  }

  /// A stage's option; for export the first format's that has it.
  func option(_ name: String, of stage: StageID) throws(StageFailure) -> OptionDescriptor {
    let options = description.rows(of: stage).flatMap(\.options)
    if let option = options.first(where: { $0.name == name }) { return option }
    var names: [String] = []
    for option in options where !names.contains(option.name) { names.append(option.name) }
    let nearest = NearestName.of(name, in: names).map { "Did you mean \(stage.rawValue).\($0)?" }
    let all = names.isEmpty ? "This stage has no options." : "It has \(names.joined(separator: ", "))."
    throw StageFailure(.unknownOption, "There is no option \(stage.rawValue).\(name).", hint: nearest ?? all)
  }
}
