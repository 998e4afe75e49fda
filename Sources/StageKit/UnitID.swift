/// Names one unit of a job: a stage over a page, over the document, or for one export format.
///
/// Written `ocr/7`, `reading-order`, `export/md`; the same names stand in a checkpoint's `upstream`.
package struct UnitID: Sendable, Hashable, CustomStringConvertible {
  package let stage: StageID
  package let subject: UnitSubject

  package init(_ stage: StageID, _ subject: UnitSubject = .document) {
    self.stage = stage
    self.subject = subject
  }

  package init?(_ name: String) {
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let stage = StageID(rawValue: String(parts[0])) else { return nil }
    switch (parts.count, stage) {
    case (1, _): self.init(stage)
    case (_, .export): self.init(stage, .format(String(parts[1])))
    default:
      guard let page = Int(parts[1]), page > 0, String(page) == parts[1] else { return nil }
      self.init(stage, .page(page))
    }
  }

  package var description: String {
    switch subject {
    case .document: stage.rawValue
    case .page(let number): "\(stage.rawValue)/\(number)"
    case .format(let name): "\(stage.rawValue)/\(name)"
    }
  }

  /// The page, for units over one page.
  package var page: Int? {
    if case .page(let number) = subject { number } else { nil }
  }

  /// The checkpoint's name in the job's tree without its ending: `0007`, `document`, `md`.
  package var basename: String {
    switch subject {
    case .document: "document"
    case .page(let number): Self.pageName(number)
    case .format(let name): name
    }
  }

  /// A page number with at least four digits.
  package static func pageName(_ page: Int) -> String {
    let digits = String(page)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
