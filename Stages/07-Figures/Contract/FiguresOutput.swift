import DocumentModel
import StageKit

/// The figures of one page.
package struct FiguresOutput: StageOutput, Hashable {
  package static let stage = StageID.figures

  /// From top to bottom.
  package let figures: [Figure]

  package init(figures: [Figure]) { self.figures = figures }

  package static let schema = Schema.object(
    "The figures of one page.", [.required("figures", .list(Figure.self, "Figures, from top to bottom."))])
}
