import Engine
import StageKit

/// Units in few words: `ocr/3`, `ocr/1-4,9`, `export/md`.
enum UnitListText {
  /// - Parameter units: by stage, then subject.
  static func words(_ units: [UnitID]) -> [String] {
    var words: [String] = []
    for stage in StageID.allCases {
      let own = units.filter { $0.stage == stage }
      let pages = own.compactMap(\.page)
      words += own.filter { $0.page == nil }.map(\.description)
      if !pages.isEmpty { words.append("\(stage.rawValue)/\(PageSpans.text(pages.sorted()))") }
    }
    return words
  }

  static func text(_ units: [UnitID]) -> String { words(units).joined(separator: "  ") }
}
