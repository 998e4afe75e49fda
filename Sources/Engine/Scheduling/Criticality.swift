import StageKit

/// What a job loses with a unit that failed for good.
enum Criticality: Sendable, Hashable {
  /// The job fails.
  case job
  /// A gap stands in its place and the job ends `completed_with_errors`.
  case gap
  /// One export format is missing; the job fails only if all are.
  case format

  init(of stage: StageID) {
    switch stage {
    case .ingest, .regions, .readingOrder, .sections: self = .job
    case .export: self = .format
    case .render, .ocr, .layout, .tables, .figures, .assembly, .classification, .extraction, .chunking, .enrichment:
      self = .gap
    }
  }
}
