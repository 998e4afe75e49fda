import Contracts
import DocumentModel

/// Finds the tables of a page whose words all stand one way.
///
/// Every area that may be a table is read in every way that may fit: by its net of rules, by rules and alignment, by
/// alignment alone. The readings compete; none shares a word with a better one.
struct TableFinder {
  let page: UprightPage
  let options: TablesOptions
  /// The widest gap within a phrase, in ems.
  let wordGap: Double
  let edges: RuleEdges
  /// Words that no running header or footer holds, from top to bottom.
  let body: [TableWord]
  let refusals: Refusals
  private let textAbove: TextAbove
  private let areaParts: AreaParts
  let budget = ReadingBudget()

  static let mostAreas = 200  // a page and sign: beyond it they are words among hatching

  init(page: UprightPage, options: TablesOptions) {
    self.page = page
    self.options = options
    body = page.words.filter { !page.furniture.contains($0.index) }
      .sorted { ($0.box.midY, $0.box.left, $0.index) < ($1.box.midY, $1.box.left, $1.index) }
    wordGap = Self.wordGap(body)
    edges = RuleEdges(RuleEdges.withoutText(page.rules, words: body))
    refusals = Refusals(page: page)
    textAbove = TextAbove(page: page)
    areaParts = AreaParts(page, words: body)
  }

  /// The tables from top to bottom, and what was refused.
  ///
  /// - Parameter ink: the page's raster, where there is one to look at.
  func find(ink: PageInk?) throws -> (tables: [TableCandidate], refused: [RefusedTable]) {
    var candidates: [TableCandidate] = []
    if options.strategy != .unruled { candidates += netCandidates() }
    if options.strategy != .ruled { candidates += stackCandidates() + areaCandidates() }
    if options.strategy != .ruled { candidates += wrappedCandidates(besides: candidates) }
    candidates.sort {
      ($0.rank, -$0.box.top, -$0.box.left, $0.words.count) > ($1.rank, -$1.box.top, -$1.box.left, $1.words.count)
    }

    let nets = candidates.filter(isSureNet)
    let signs = ink.map { ChartSigns(ink: $0, page: page) }
    var taken: Set<Int> = []
    var tables: [TableCandidate] = []
    for (index, candidate) in candidates.enumerated()
    where candidate.refusal == nil && candidate.confidence >= options.minConfidence
      && taken.isDisjoint(with: candidate.words)
    {
      // Unless that is none, or another reading has its words.
      let isPart = try nets.contains { net in
        try Self.isPart(candidate, of: net) && taken.isDisjoint(with: net.words) && signs?.isChart(net.grid) != true
      }
      if isPart { continue }
      if try signs?.isChart(candidate.grid) == true {
        candidates[index] = candidate.refused(as: .figure)
      } else {
        taken.formUnion(candidate.words)
        tables.append(candidate)
      }
    }
    return (tables.sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) }, refused(candidates, taken: taken))
  }

  private static let sureNet = 0.75
  private static let partShare = 0.75  // of the net's words: more, and it is another reading of the same grid

  private func isSureNet(_ candidate: TableCandidate) -> Bool {
    candidate.grid.strategy == .ruled && candidate.refusal == nil
      && candidate.confidence >= max(Self.sureNet, options.minConfidence)
  }

  /// Whether a grid made by alignment is some rows of one that rules draw: they may fill their places better than the
  /// rest, where a form has been left empty, and would take the whole apart.
  private static func isPart(_ candidate: TableCandidate, of net: TableCandidate) -> Bool {
    candidate.grid.strategy != .ruled
      && Double(candidate.words.count) <= partShare * Double(net.words.count)
      && candidate.words.isSubset(of: net.words)
  }

  private func refused(_ candidates: [TableCandidate], taken: Set<Int>) -> [RefusedTable] {
    var told: [BoundingBox] = []
    var refused: [RefusedTable] = []
    for candidate in candidates where taken.isDisjoint(with: candidate.words) {
      guard !told.contains(where: { candidate.box.coverage(by: $0) > 0.5 || $0.coverage(by: candidate.box) > 0.5 })
      else { continue }
      told.append(candidate.box)
      refused.append(RefusedTable(box: page.onPage(candidate.box), reason: candidate.refusal ?? .poorFit))
    }
    return refused.sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) }
  }

  // MARK: Nets of rules

  private func netCandidates() -> [TableCandidate] {
    RuleNet.nets(of: edges).prefix(Self.mostAreas).flatMap { drawn -> [TableCandidate] in
      let net = headed(drawn)
      let inside = words(in: net.box)
      guard !inside.isEmpty, budget.allows(inside.count) else { return [] }
      var found: [TableCandidate] = []
      let height = inside.map(\.box.height).median ?? 8
      var lattice = RuledLattice(net, leastRow: Self.leastRow * height)
      lattice?.drawThrough(inside)
      lattice?.drawAlong(inside)
      if var grid = lattice?.grid() {
        grid.place(inside)
        if let grid = GridTrim.trimmed(grid) {
          let reason: RefusedTable.Reason? =
            refusals.isPicture(net.box) ? .figure : refusals.runsOn(inside, net.box, page: body) ? .prose : nil
          found.append(
            TableCandidate(
              HeaderRows.marked(grid), evidence: 0, wordGap: wordGap, refusal: grid.columns < 2 ? .tooFewCells : reason)
          )
        }
      }
      guard options.strategy == .auto else { return found }
      let dividers = net.verticals.filter { $0.length >= Self.dividerShare * net.box.height }.map(\.position)
      return found
        + aligned(net.box, words: inside, rules: net.horizontals, dividers: dividers, strategy: .halfRuled, evidence: 0)
    }
  }

  private static let leastRow = 0.6  // of a word's height: grid lines closer than that hold no text
  private static let dividerShare = 0.7  // of a net's height: a rule between columns of the whole table

  // MARK: Stacks of horizontal rules

  private func stackCandidates() -> [TableCandidate] {
    let finder = AreaFinder(rules: edges.horizontals, wordGap: wordGap)
    let stacks = RuleStacks.areas(edges.horizontals, isTabular: isTabular, isLabel: isLabel).flatMap(stacksBySide)
    return stacks.prefix(Self.mostAreas).flatMap {
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
      return areas.flatMap {
        aligned(
          $0, words: words(in: $0), rules: rules(in: $0), strategy: .halfRuled,
          evidence: whole == nil || $0 == whole ? Self.boundEvidence : 0)
      }
    }
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
      && !rows.contains { $0.phrases.contains { $0.words.count >= Self.proseWords } }
  }

  /// One short text at the left edge, where rules part rows: below a single one.
  private func isLabel(_ box: BoundingBox, below before: BoundingBox) -> Bool {
    guard TextRow.rows(of: words(in: before), wordGap: wordGap).count == 1 else { return false }
    let rows = TextRow.rows(of: words(in: box), wordGap: wordGap)
    guard rows.count == 1, rows[0].phrases.count == 1 else { return false }
    return rows[0].words.count < Self.proseWords && !CaptionWords.begin(rows[0])
      && rows[0].box.left <= box.left + Self.labelIndent * max(rows[0].size, 1)
  }

  private static let labelIndent = 2.0  // ems

  // MARK: Alignment

  private func areaCandidates() -> [TableCandidate] {
    let finder = AreaFinder(rules: edges.horizontals, wordGap: wordGap)
    var areas = finder.areas(body)
    if page.columns.count > 1 {
      for column in page.columns { areas += finder.areas(words(in: column.insetBy(-2), of: body)) }
    }
    areas += page.regions.filter { $0.kind == .table }.map(\.box)
    var seen: Set<BoundingBox> = []
    return areas.flatMap(parted).filter { seen.insert($0).inserted }.prefix(Self.mostAreas).flatMap {
      area -> [TableCandidate] in
      let inside = words(in: area.insetBy(-0.5), of: body)
      // A region's outline may reach over a picture below; the words' does not.
      guard let box = inside.map(\.box).union()?.insetBy(-0.5) else { return [] }
      return aligned(
        box, words: inside, rules: rules(in: box), strategy: .unruled,
        evidence: isOverGutter(box, inside) ? -Self.gutterLoss : 0)
    }
  }

  private static let gutterLoss = 0.25  // of the confidence

  /// Whether an area takes in two of the page's columns without a word that crosses from one to the other.
  func isOverGutter(_ area: BoundingBox, _ words: [TableWord]) -> Bool {
    let columns = page.columns.filter {
      $0.verticalOverlap(area) > 0.5 * area.height && $0.horizontalOverlap(area) > 0.3 * $0.width
    }
    .sorted { $0.left < $1.left }
    guard columns.count > 1 else { return false }
    let rows = TextRow.rows(of: words, wordGap: wordGap)
    return zip(columns, columns.dropFirst()).contains { left, right in
      let gutter = (left.right + right.left) / 2
      return !rows.contains { row in row.phrases.contains { $0.box.left < gutter - 1 && $0.box.right > gutter + 1 } }
    }
  }

  private static let mostCuts = 4  // of what stands above a header, block by block
  private static let boundEvidence = 0.2  // of the confidence: rules above, below the header and at the end
  private static let levelEvidence = 0.01  // of the confidence: of two readings, the one with names over names
  private static let titleEvidence = 0.1  // of the confidence: "Table 3" right above

  private func aligned(
    _ area: BoundingBox, words: [TableWord], rules: [RuleEdge], dividers: [Double] = [], strategy: TableStrategy,
    evidence: Double
  ) -> [TableCandidate] {
    guard words.count > 3, budget.allows(words.count) else { return [] }
    var (words, area) = (words, area)
    var reading = AlignedGrid(words: words, area: area, rules: rules, dividers: dividers, wordGap: wordGap)
    // Below a heading the text that leads to the table comes first, as it does below what is cut off here.
    let isCut = areaParts.isHeaded(area)
    var cuts = 0
    while cuts < Self.mostCuts, let top = textAbove.end(in: reading) ?? reading.topOfTable(isCut: isCut || cuts > 0) {
      cuts += 1
      words.removeAll { $0.box.midY < top }
      area = BoundingBox(left: area.left, top: top, right: area.right, bottom: area.bottom)
      guard words.count > 3, budget.allows(words.count) else { return [] }
      reading = AlignedGrid(
        words: words, area: area, rules: rules.filter { $0.position >= top }, dividers: dividers, wordGap: wordGap)
    }
    guard let draft = reading.grid(strategy: strategy), let trimmed = GridTrim.trimmed(draft) else { return [] }
    var grid = TitleLines(page: body).taken(off: trimmed)
    grid.stubColumns = HeaderRows.stubColumns(grid)
    let all =
      evidence + (hasTitle(area) ? Self.titleEvidence : 0) + (grid.headerRows > 1 ? Self.levelEvidence : 0)
      - (strategy == .unruled ? refusals.textEvidence(words) : 0)
    let reason =
      refusals.runsOn(words, area, page: body) ? .prose : refusals.reason(reading, hasRules: strategy == .halfRuled)
    return [TableCandidate(grid, evidence: all, wordGap: wordGap, refusal: reason)]
  }

  private func hasTitle(_ area: BoundingBox) -> Bool {
    let above = BoundingBox(left: area.left - 20, top: area.top - 50, right: area.right + 20, bottom: area.top + 14)
    return TextRow.rows(of: words(in: above, of: body), wordGap: wordGap).contains { CaptionWords.begin($0) }
  }

  // MARK: Parts of the page

  /// An area without the headings it reaches over, and table by table where several stand side by side.
  private func parted(_ area: BoundingBox) -> [BoundingBox] {
    areaParts.parts(of: area, size: words(in: area).map(\.size).median ?? 0).flatMap { part in
      SideParts.parts(of: part, rules: edges.horizontals, words: words(in: part), wordGap: wordGap)
    }
  }

  /// All words whose centre lies in the box.
  func words(in box: BoundingBox) -> [TableWord] { words(in: box, of: body) }

  /// - Parameter words: ascending by the y of their middle.
  func words(in box: BoundingBox, of words: [TableWord]) -> [TableWord] {
    let first = words.partitioningIndex { $0.box.midY >= box.top }
    return words[first...].prefix { $0.box.midY <= box.bottom }.filter {
      $0.box.midX >= box.left && $0.box.midX <= box.right
    }
  }

  func rules(in box: BoundingBox) -> [RuleEdge] {
    edges.horizontals.filter {
      $0.position >= box.top - 3 && $0.position <= box.bottom + 3 && $0.start < box.right && box.left < $0.end
    }
  }

  private static let spaceShare = 0.3  // of the gaps: below the columns' gaps, above the joints of split words
  private static let widest = 0.9, narrowest = 0.5, spaces = 2.0  // ems, ems, and how many ordinary spaces part phrases

  /// Twice an ordinary space of this page.
  private static func wordGap(_ words: [TableWord]) -> Double {
    var gaps: [Double] = []
    for row in TextRow.rows(of: words, wordGap: .infinity) {
      for (left, right) in zip(row.words, row.words.dropFirst()) {
        let gap = (right.box.left - left.box.right) / max(left.size, 1)
        if gap > 0.05, gap < 0.7 { gaps.append(gap) }
      }
    }
    return min(max(spaces * (gaps.quantile(spaceShare) ?? 0.27), narrowest), widest)
  }
}
