import Checkpoints
import Ledger
import StageKit

extension RerunRequest {
  /// The pages that the request is for; nil for all.
  ///
  /// - Throws: `StageFailure` with `no_such_page`, `job_unfinished`, or `invalid_request` for a stage over the document.
  func pages(of record: JobRecord, _ pipeline: Pipeline) throws(StageFailure) -> [Int]? {
    guard let selection = pages else { return nil }
    guard pipeline.scope(of: stage) == .page else {
      throw StageFailure(
        .invalidRequest, "The \(stage.rawValue) stage runs over the whole document.", hint: "Leave out --pages.")
    }
    guard let count = record.pageCount else {
      throw StageFailure(
        .jobUnfinished, "The pages of job \(record.manifest.id) are not known yet.", hint: "Resume it first.")
    }
    let pages = selection.pages(of: count)
    guard !pages.isEmpty else {
      throw StageFailure(.noSuchPage, "The document has \(count) pages.", hint: "Choose from 1-\(count).")
    }
    return pages
  }

  /// A job's settings as the request leaves them.
  ///
  /// - Throws: `StageFailure` with `unknown_option`, `invalid_option`, or as `pages(of:_:)`.
  func settings(of record: JobRecord, _ pipeline: Pipeline) throws(StageFailure) -> JobSettings {
    let pages = try pages(of: record, pipeline)
    var result = record.manifest.settings
    if reset { result.overrides.removeAll { $0.stage == stage } }
    for text in settings {
      let override = try pipeline.override(text)
      result.set(
        OptionOverride(
          stage: override.stage, option: override.option, value: override.value,
          pages: override.stage == stage ? pages : nil))
    }
    return result
  }
}

extension JobSettings {
  /// Puts an override last; one of the same stage, option and pages goes.
  fileprivate mutating func set(_ override: OptionOverride) {
    overrides.removeAll { old in
      old.stage == override.stage && old.option == override.option
        && (override.pages == nil || old.pages == override.pages)
    }
    overrides.append(override)
  }
}
