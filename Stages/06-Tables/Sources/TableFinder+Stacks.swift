import DocumentModel

// Tables between horizontal rules of equal extent.
extension TableFinder {
  func stackCandidates() throws -> [TableCandidate] {
    let finder = AreaFinder(rules: edges.horizontals, wordGap: wordGap)
    let stacks = RuleStacks.areas(edges.horizontals, isTabular: isTabular, isLabel: isLabel).flatMap(stacksBySide)
      .flatMap { area in
        let longer = finder.areaWithSums(area, words: words(in: area.insetBy(-1)), below: belowRules(area))
        return longer == area ? [area] : [area, longer]
      }
    return try stacks.prefix(Self.mostAreas).flatMap {
      area -> [TableCandidate] in
      var areas = [area]
      // A table may begin above its first whole rule: with names under rules of their own, or under none.
      let column = words(
        in: BoundingBox(
          left: area.left - 2, top: area.top - Self.headerReach, right: area.right + 2, bottom: area.bottom))
      if let taller = finder.areaWithHeader(area, words: column), parted(taller).count == 1 {
        // Rules between the sums at the end of a table: what stands above them are its rows, not names.
        if cutsRows(taller, above: area.top) { return [] }
        areas.append(taller)
      }
      let whole = areaWithStub(area)
      if let whole { areas.append(whole) }
      return try areas.flatMap {
        try aligned(
          $0, words: words(in: $0), rules: rules(in: $0), strategy: .halfRuled,
          evidence: whole == nil || $0 == whole ? Self.boundEvidence : 0)
      }
    }
  }

  private static let sumsReach = 60.0  // points below an area in which sums are looked for: three rows

  private func belowRules(_ area: BoundingBox) -> [TableWord] {
    words(
      in: BoundingBox(
        left: area.left - 2, top: area.bottom, right: area.right + 2, bottom: area.bottom + Self.sumsReach))
  }

  /// The parts of an area; where they stand side by side each as far down as its own rules go.
  private func stacksBySide(_ area: BoundingBox) -> [BoundingBox] {
    parted(area).flatMap { part -> [BoundingBox] in
      guard part.width < area.width - 1 else { return [part] }
      let own = edges.horizontals.filter { $0.start >= part.left - 1 && $0.end <= part.right + 1 }
      let stacks = RuleStacks.areas(own, isTabular: isTabular, isLabel: isLabel).filter {
        $0.verticalOverlap(part) > 0.5 * part.height
      }
      return stacks.isEmpty ? [part] : stacks
    }
  }

  private static let leastCut = 2  // rows

  /// Whether rows above a line go on beside the area within the region of a table.
  private func cutsRows(_ area: BoundingBox, above y: Double) -> Bool {
    guard
      let region = page.regions.first(where: {
        $0.kind == .table && area.coverage(by: $0.box.insetBy(-4)) > 0.9 && $0.box.width >= Self.stubWidth * area.width
      })
    else { return false }
    let rows = TextRow.rows(
      of: words(in: BoundingBox(left: region.box.left, top: area.top, right: region.box.right, bottom: y)),
      wordGap: wordGap)
    let cut = rows.count { row in
      row.words.contains { $0.box.midX < area.left - 2 || $0.box.midX > area.right + 2 }
        && row.phrases.contains { $0.isNumeric && $0.box.midX > area.left && $0.box.midX < area.right }
    }
    return cut >= Self.leastCut
  }

  private static let stubWidth = 1.15  // times an area's width: its region holds a column more
  private static let stubHeight = 0.5  // of the region's height that the area's rules span

  private static let stubMargin = 6.0  // points: rules of one table end alike
  private static let stubHeader = 30.0  // points: two printed lines above the first rule

  /// An area whose rules stand over the numbers only, as accounts have them, widened to the labels of its rows.
  private func areaWithStub(_ area: BoundingBox) -> BoundingBox? {
    let region = page.regions.first { region in
      region.kind == .table && area.coverage(by: region.box.insetBy(-4)) > 0.9
        && region.box.width >= Self.stubWidth * area.width && area.height >= Self.stubHeight * region.box.height
    }
    // A rule that reaches over the labels bounds a table of its own.
    let reachesOut = edges.horizontals.contains {
      $0.position > area.top - 3 && $0.position < area.bottom + 3 && $0.start < area.right && area.left < $0.end
        && ($0.start < area.left - Self.stubMargin || $0.end > area.right + Self.stubMargin)
    }
    guard !reachesOut else { return nil }
    let whole = region.map { region in
      BoundingBox(
        left: min(region.box.left, area.left), top: min(max(region.box.top, area.top - Self.stubHeader), area.top),
        right: max(region.box.right, area.right), bottom: area.bottom)
    }
    // What stands beside may be a table of its own.
    return whole.flatMap { parted($0).count == 1 ? $0 : nil }
  }

  private static let headerReach = 120.0  // points above an area in which its column names are looked for
  private static let mostHeaderRows = 8  // printed lines between the first rule and the one below the header
  private static let proseWords = 9  // words in one phrase: running text or a title

  /// Most lines have several phrases; a header may have fewer, if nothing in it runs on like a sentence.
  private func isTabular(_ box: BoundingBox) -> Bool {
    let inside = words(in: box)
    guard budget.allows(inside.count) else { return false }
    let rows = TextRow.rows(of: inside, wordGap: wordGap)
    guard !rows.isEmpty else { return box.height < 8 }
    let multiple = rows.indices.count { index in
      rows[index].phrases.count > 1
        || [index - 1, index + 1].contains { rows.indices.contains($0) && rows[$0].stands(beside: rows[index]) }
    }
    if rows.contains(where: { CaptionWords.begin($0.words) && $0.phrases.count == 1 }) { return false }
    if 2 * multiple >= rows.count { return true }
    return multiple > 0 && rows.count <= Self.mostHeaderRows
      && (!rows.contains { $0.phrases.contains { $0.words.count >= Self.proseWords } } || areOfOneRow(rows))
  }

  /// Whether one line has several cells and the others are lines of one of its columns, above and below: a name in some
  /// lines with what stands in the middle of its row. Text below a table runs across its gaps.
  private func areOfOneRow(_ rows: [TextRow]) -> Bool {
    guard rows.count <= Self.mostNameLines + 1, let parted = rows.first(where: { $0.phrases.count > 1 }),
      rows.count(where: { $0.phrases.count > 1 }) == 1
    else { return false }
    let lines = rows.filter { $0.phrases.count == 1 }.map(\.box)
    let gaps = zip(parted.phrases, parted.phrases.dropFirst()).map { ($0.box.right, $1.box.left) }
    return gaps.allSatisfy { left, right in
      lines.allSatisfy { $0.right <= right } || lines.allSatisfy { $0.left >= left }
    }
  }

  private static let mostNameLines = 4

  /// One short text at the left edge, where rules part rows: below a single one.
  private func isLabel(_ box: BoundingBox, below before: BoundingBox) -> Bool {
    guard TextRow.rows(of: words(in: before), wordGap: wordGap).count == 1 else { return false }
    let rows = TextRow.rows(of: words(in: box), wordGap: wordGap)
    guard rows.count == 1, rows[0].phrases.count == 1 else { return false }
    return rows[0].words.count < Self.proseWords && !CaptionWords.begin(rows[0])
      && rows[0].box.left <= box.left + Self.labelIndent * max(rows[0].size, 1)
  }

  private static let labelIndent = 2.0  // ems
}
