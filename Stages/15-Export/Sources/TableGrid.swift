import Contracts
import DocumentModel

/// A table of the document, the parts that pages tore apart put together; every place is covered exactly once.
///
/// It may run over a thousand pages, so it holds how its rows are spread over its parts, and reads the rows themselves
/// as they are asked for: those of a few pages are in memory at a time.
struct TableGrid {
  struct Place {
    let row: Int
    let column: Int
    let rowSpan: Int
    let columnSpan: Int
    let header: Bool
    var text: [InlineRun]
    /// Where it stands, or begins; nil for a place that no cell covered.
    let box: BoundingBox?
    let page: Int
  }

  let rowCount: Int
  let columns: Int
  let headerRows: Int
  let stubColumns: Int
  /// Whether a cell covers more than one place.
  let hasSpans: Bool
  /// Whether a cell reaches from the head into the body.
  let cutsHead: Bool
  /// The rows of each part; one that a page's end cuts belongs to both.
  let parts: [ElementStretch]
  private let window: TableWindow

  var isEmpty: Bool { rowCount == 0 || columns == 0 }
  /// Rows that are in memory at this moment.
  var heldRows: Int { window.count }

  /// - Parameters:
  ///   - parts: the entry's tables in order.
  ///   - table: reads the table of an element; nil where it is none.
  ///   - text: makes a cell's text of its runs.
  /// - Throws: `StageFailure` where an edited table is larger than any page holds, and what reading throws.
  init(
    _ parts: [TablePart], reading table: @escaping (ElementID) throws -> ElementTable?,
    text: @escaping ([InlineRun]) -> [InlineRun] = { $0 }
  ) throws {
    var survey = try TableSurvey(parts, columns: 0, table)
    // Parts of other widths come of edits alone.
    if survey.widest > survey.columns { survey = try TableSurvey(parts, columns: survey.widest, table) }
    rowCount = survey.rowCount
    columns = survey.columns
    headerRows = min(max(survey.headerRows, 0), rowCount)
    stubColumns = min(max(survey.stubColumns, 0), columns)
    hasSpans = survey.hasSpans
    cutsHead = survey.cutsHead
    self.parts = survey.pieces.map(\.stretch)
    window = TableWindow(survey.pieces, columns: columns, table, text)
  }

  /// Hands over the rows in order: of each the cells that begin there, by column.
  func forEachRow(_ body: ([Place]) throws -> Void) throws {
    var next = 0
    for part in parts where part.range.upperBound > next {
      for row in try window.rows(next..<part.range.upperBound) { try body(row) }
      next = part.range.upperBound
    }
  }

  /// Some of the rows. Whoever asks for one stretch after the other has each part read once.
  func rows(_ range: Range<Int>) throws -> ArraySlice<[Place]> { try window.rows(range.clamped(to: 0..<rowCount)) }
}
