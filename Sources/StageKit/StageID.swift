/// The fifteen stages, in the order of the pipeline.
package enum StageID: String, Codable, Sendable, Hashable, CaseIterable {
  case ingest
  case render
  case ocr
  case layout
  case regions
  case tables
  case figures
  case assembly
  case readingOrder = "reading-order"
  case sections
  case classification
  case extraction
  case chunking
  case enrichment
  case export

  /// 1 for ingest to 15 for export.
  package var number: Int {
    // allCases holds every case, so the index is always found.
    (Self.allCases.firstIndex(of: self) ?? 0) + 1
  }

  /// The stage's folder in a job's tree and under Stages: `03-ocr`.
  package var folder: String { (number < 10 ? "0" : "") + "\(number)-\(rawValue)" }
}
