import Contracts
import DocumentModel

/// A listing that may go on in the next region: lines that look like a table, or white between them, cut it.
struct OpenListing {
  let region: Int
  var last: TextLine
  private let column: Int?
  private let pitch: Double?

  init?(_ index: Int, _ region: Region, _ lines: [TextLine]) {
    guard let last = lines.last else { return nil }
    (self.region, self.last, column) = (index, last, region.column)
    pitch = Self.pitch(lines)
  }

  /// Whether a listing right below is the same: no more than one blank line parts them.
  func goesOn(in next: Region, _ lines: [TextLine]) -> Bool {
    guard next.column == column, let first = lines.first, first.turn == last.turn,
      abs(first.size - last.size) <= Self.sizeStep * max(last.size, 1)
    else { return false }
    let step = first.baseline - last.baseline
    let usual = [pitch, Self.pitch(lines)].compactMap { $0 }.min() ?? Self.solid * last.size
    return step > Self.sameLine * last.size && step <= Self.blankLine * usual
  }

  /// The least distance of its lines.
  private static func pitch(_ lines: [TextLine]) -> Double? {
    zip(lines, lines.dropFirst()).map { $1.baseline - $0.baseline }.filter { $0 > sameLine * lines[0].size }.min()
  }

  private static let sizeStep = 0.1  // of the size: rounding within one face
  private static let sameLine = 0.5  // of the size: pieces of one line
  private static let solid = 1.2  // of the size: the usual distance of lines
  private static let blankLine = 2.1  // of the distance of lines
}

extension PageMaterial {
  /// Whether a region is told as a listing: one itself, or an area that stage 6 refused as a table for being code.
  func isListing(_ region: Region) -> Bool {
    region.kind == .code || region.kind == .table && refusal(of: region) == .code
  }

  /// Whether stage 6 refused an area as a table for being text.
  func isNoTable(_ region: Region) -> Bool {
    guard region.kind == .table, let reason = refusal(of: region) else { return false }
    return reason != .code && reason != .figure
  }

  /// Why stage 6 took an area for no table.
  func refusal(of region: Region) -> RefusedTable.Reason? {
    refused.first { $0.box.coverage(by: region.box) > 0.5 || region.box.coverage(by: $0.box) > 0.5 }?.reason
  }
}
