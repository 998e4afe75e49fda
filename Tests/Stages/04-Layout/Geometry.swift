import Contracts
import DocumentModel

@testable import Layout

/// Runs the geometry on a built page, without a raster.
enum Geometry {
  static func layout(
    _ page: WordPage, rules: [RulingLine] = [], images: [BoundingBox] = [], skew: Double = 0,
    columns: LayoutOptions.Columns = .auto
  ) -> LayoutOutput {
    PageGeometry(
      size: page.size, words: page.output(skew: skew), rules: rules, images: images, columns: columns
    ).output()
  }

  /// The texts of the lines, in order.
  static func texts(_ layout: LayoutOutput, _ words: [Word]) -> [String] {
    layout.lines.map { $0.words.map { words[$0].text }.joined(separator: " ") }
  }

  /// All words in the order of the lines.
  static func order(_ layout: LayoutOutput) -> [Int] { layout.lines.flatMap(\.words) }
}
