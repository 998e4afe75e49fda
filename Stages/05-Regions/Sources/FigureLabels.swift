import DocumentModel

/// The labels that stand around a plot or a drawing: numbers of its axes, their names, titles and legends.
///
/// What is set in a typeface that the text is not set in is taken from farther away. A line that is neither label nor
/// title ends the look in its direction.
struct FigureLabels {
  /// The plots of the figure, and the box around them.
  let plots: [BoundingBox]
  let hull: BoundingBox
  /// The size of its labels, in points.
  let size: Double
  let family: String
  /// Whether the text is set in another typeface.
  let isOwn: Bool

  private static let known = 0.7  // of a line in the figure
  private static let longest = 70  // letters of a label
  private static let mostRows = 8  // of labels above or below
  private static let legend = 40  // letters of a row of it
  private static let mostWords = 12
  private static let numeric = 0.5  // of a line's letters that are digits
  private static let cellGap = 1.5  // em between the labels along an axis
  private static let close = 1.5  // em from an axis to its labels
  private static let upright = 6.0  // em from an axis to its turned name
  private static let larger = 1.25  // of the numbers' size: names in a legend

  init(plots: [BoundingBox], hull: BoundingBox, size: Double, family: String, isOwn: Bool) {
    (self.plots, self.hull, self.size, self.family, self.isOwn) = (plots, hull, size, family, isOwn)
  }

  /// Around a drawing whose labels have a typeface of their own; nil where they have none.
  init?(around drawing: BoundingBox, _ labels: [LineView], body: BodyFacts) {
    var letters: [String: (count: Int, size: Double)] = [:]
    for line in labels {
      let family = NumberAxis.family(line.font)
      letters[family] = (
        (letters[family]?.count ?? 0) + line.letters, min(letters[family]?.size ?? .infinity, line.size)
      )
    }
    guard let main = letters.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }), !main.key.isEmpty,
      main.key != body.family
    else { return nil }
    self.init(plots: [drawing], hull: drawing, size: main.value.size, family: main.key, isOwn: true)
  }

  func find(_ lines: [LineView]) -> [LineView] {
    let inside = lines.filter { $0.box.coverage(by: hull) >= Self.known }
    var taken = Set(inside.map(\.index))
    var rest = lines.filter { !taken.contains($0.index) }
    let beside = rest.filter { isBeside($0) }
    taken.formUnion(beside.map(\.index))
    rest = rest.filter { !taken.contains($0.index) && !$0.isTurned }
    let wide = (beside.map(\.box) + [hull]).union() ?? hull
    let within = rest.filter {
      $0.box.horizontalOverlap(wide) > 0 && ($0.box.midY < hull.top || $0.box.midY > hull.bottom)
    }
    let below = walk(
      within.filter { $0.box.midY > hull.bottom }.sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) },
      from: wide, isBelow: true)
    let above = walk(
      within.filter { $0.box.midY < hull.top }.sorted { ($1.box.bottom, $0.box.left) < ($0.box.bottom, $1.box.left) },
      from: wide, isBelow: false)
    let found = inside + beside + below + above
    return found.sorted { $0.index < $1.index }
  }

  // MARK: Kinds of labels

  /// Whether a line may be a label at all.
  private func isLabel(_ line: LineView) -> Bool {
    guard line.letters <= Self.longest, line.words.count <= Self.mostWords || isNumeric([line]),
      CaptionText(line.words)?.isMarked != true, !HeadingRule.isNumbered(line.words)
    else { return false }
    // The point beside a name in a legend.
    if line.words.count == 1, !line.text.unicodeScalars.contains(where: { $0.isLetter || $0.isNumeral }) { return true }
    return NumberAxis.family(line.font) == family || isNumeric([line]) && abs(line.size - size) <= 0.5
  }

  private func isNumeric(_ row: [LineView]) -> Bool {
    let letters = row.reduce(0) { $0 + $1.letters }
    let digits = row.reduce(0) {
      $0 + $1.text.unicodeScalars.count { $0.isNumeral || ".-−".unicodeScalars.contains($0) }
    }
    return Double(digits) > Self.numeric * Double(letters)
  }

  /// Names of upright axes, numbers along them, a legend.
  private func isBeside(_ line: LineView) -> Bool {
    let box = line.box
    if line.isTurned, box.midX >= hull.left, box.midX <= hull.right {
      return max(box.top - hull.bottom, hull.top - box.bottom) <= Self.close * size
        && NumberAxis.family(line.font) == family && box.height <= hull.height
    }
    guard box.midY >= hull.top - size, box.midY <= hull.bottom + size else { return false }
    let gap = max(hull.left - box.right, box.left - hull.right)
    if line.isTurned {
      return gap <= Self.upright * size && box.height <= 1.3 * hull.height && box.width <= 3 * size
    }
    guard isLabel(line) else { return false }
    let isLeft = box.right <= hull.left + size
    let isRight = box.left >= hull.right - size
    guard isLeft || isRight else { return false }
    if isNumeric([line]) { return gap <= 2.5 * size && line.words.count <= 3 && box.width <= 6 * size }
    return isOwn && line.words.count <= 5 && gap <= (isLeft ? 2 : 3) * size
  }

  /// Rows away from the plot, until one is no label.
  private func walk(_ lines: [LineView], from: BoundingBox, isBelow: Bool) -> [LineView] {
    var edge = isBelow ? from.bottom : from.top
    var found: [LineView] = []
    var at = 0
    var steps = 0
    while at < lines.count, steps < Self.mostRows {
      var row = [lines[at]]
      while at + row.count < lines.count, abs(lines[at + row.count].baseline - row[0].baseline) <= 0.4 * size {
        row.append(lines[at + row.count])
      }
      let top = row.lazy.map(\.box.top).min() ?? 0
      let bottom = row.lazy.map(\.box.bottom).max() ?? 0
      let gap = isBelow ? top - edge : edge - bottom
      guard row.allSatisfy(isLabel), gap <= reach(isBelow: isBelow, isFirst: steps == 0) * size,
        isAlongAxis(row, isFirst: steps == 0, gap: gap) || isTitle(row, isBelow: isBelow, gap: gap)
      else { break }
      found += row
      edge = isBelow ? bottom : top
      at += row.count
      steps += 1
    }
    return found
  }

  private func reach(isBelow: Bool, isFirst: Bool) -> Double {
    if isOwn { return isFirst ? 3 : 2.2 }
    return isFirst ? 2 : 1.8
  }

  private func cells(_ row: [LineView]) -> [BoundingBox] {
    var whole = TextRow(row[0])
    for line in row.dropFirst() { whole.append(line) }
    return whole.cells(gap: Self.cellGap)
  }

  private func isAlongAxis(_ row: [LineView], isFirst: Bool, gap: Double) -> Bool {
    let isInside = row.allSatisfy { $0.box.left >= hull.left - 3 * size && $0.box.right <= hull.right + 3 * size }
    guard isInside, row.allSatisfy({ $0.size <= (isOwn ? Self.larger : 1.1) * size }) else { return false }
    // What stands right at an axis are its labels, even where no white is left between them; what is set as they are
    // and no longer is a legend.
    let letters = row.reduce(0) { $0 + $1.letters }
    if isOwn, isFirst && gap <= Self.close * size || letters <= Self.legend, row.allSatisfy({ !$0.isBold }) {
      return true
    }
    let cells = cells(row)
    if isNumeric(row) { return cells.count >= 2 || row[0].letters <= 8 }
    return isOwn ? cells.count >= 2 : isFirst && gap <= size && cells.count >= 3
  }

  /// One line in the middle of the figure, or one in the middle of each plot.
  private func isTitle(_ row: [LineView], isBelow: Bool, gap: Double) -> Bool {
    if !isOwn {
      guard row.count == 1, row[0].size <= (isBelow ? 1.1 : 1) * size + 0.1, !row[0].isBold || !isBelow else {
        return false
      }
      guard isBelow || gap <= 1.2 * size else { return false }
    }
    let cells = cells(row)
    guard row.allSatisfy({ $0.size <= 2 * size }), cells.allSatisfy({ $0.width <= 1.2 * hull.width }) else {
      return false
    }
    guard let whole = cells.union() else { return false }
    return isCentred(whole, on: hull) || cells.allSatisfy { cell in plots.contains { isCentred(cell, on: $0) } }
  }

  private func isCentred(_ box: BoundingBox, on plot: BoundingBox) -> Bool {
    abs(box.midX - plot.midX) <= max(1.2 * size, 0.06 * plot.width)
  }
}
