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
  private let ground: GroundEdges?
  private let nets: [RuleNet]
  private let signs: ChartSigns?
  let darkHead: DarkHead?
  let budget = ReadingBudget()

  static let mostAreas = 200  // a page and sign: beyond it they are words among hatching

  /// - Parameter ink: the page's raster, where there is one to look at.
  init(page: UprightPage, options: TablesOptions, ink: PageInk? = nil) {
    self.page = page
    self.options = options
    body = page.words.filter { !page.furniture.contains($0.index) }
      .sorted { ($0.box.midY, $0.box.left, $0.index) < ($1.box.midY, $1.box.left, $1.index) }
    wordGap = Self.wordGap(body)
    edges = RuleEdges(RuleEdges.withoutText(page.rules, words: body))
    refusals = Refusals(page: page)
    textAbove = TextAbove(page: page)
    areaParts = AreaParts(page, words: body)
    nets = Array(RuleNet.nets(of: edges).prefix(Self.mostAreas))
    ground = ink.map { GroundEdges(ink: $0, page: page) }
    signs = ink.map { ChartSigns(ink: $0, page: page) }
    darkHead = ink.map { DarkHead(ink: $0, page: page) }
  }

  /// The tables from top to bottom, and what was refused.
  func find() throws -> (tables: [TableCandidate], refused: [RefusedTable]) {
    var candidates = try candidates()
    let sureNets = candidates.filter(isSureNet)
    let wholes = candidates.filter { $0.grid.strategy != .ruled && $0.confidence >= options.minConfidence }
    var taken: Set<Int> = []
    var tables: [TableCandidate] = []
    for (index, first) in candidates.enumerated()
    where first.refusal == nil && first.confidence >= options.minConfidence && taken.isDisjoint(with: first.words) {
      // Unless that is none, or another reading has its words.
      let isPart = try sureNets.contains { net in
        try Self.isPart(first, of: net) && taken.isDisjoint(with: net.words) && signs?.isChart(net.grid) != true
      }
      if isPart { continue }
      let whole =
        first.grid.strategy != .halfRuled
        ? nil
        : wholes.first { taken.isDisjoint(with: $0.words) && $0.goesOn(from: first) && isOne($0, candidates) }
      let candidate = whole ?? first
      if try signs?.isChart(candidate.grid) == true {
        candidates[index] = candidate.refused(as: .figure)
      } else {
        taken.formUnion(candidate.words)
        tables.append(candidate)
      }
    }
    return (tables.sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) }, refused(candidates, taken: taken))
  }

  /// Every reading of every area, the best first.
  func candidates() throws -> [TableCandidate] {
    var candidates: [TableCandidate] = []
    if options.strategy != .unruled { candidates += try netCandidates() }
    if options.strategy != .ruled { candidates += try stackCandidates() + areaCandidates() }
    if options.strategy != .ruled { candidates += try wrappedCandidates(besides: candidates) }
    return candidates.sorted {
      ($0.rank, -$0.box.top, -$0.box.left, $0.words.count) > ($1.rank, -$1.box.top, -$1.box.left, $1.words.count)
    }
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

  /// Whether no two parts of a grid, each between rules, have names above them: tables one below the other.
  private func isOne(_ whole: TableCandidate, _ candidates: [TableCandidate]) -> Bool {
    let named = candidates.filter {
      $0.grid.strategy == .halfRuled && $0.refusal == nil && $0.grid.headerRows > 0
        && $0.confidence >= options.minConfidence && $0.words.isSubset(of: whole.words)
    }
    return !named.contains { part in named.contains { $0.words.isDisjoint(with: part.words) } }
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

  private func netCandidates() throws -> [TableCandidate] {
    try nets.flatMap { drawn -> [TableCandidate] in
      let net = try headed(drawn)
      let inside = words(in: net.box)
      guard !inside.isEmpty, budget.allows(inside.count) else { return [] }
      var found: [TableCandidate] = []
      let height = inside.map(\.box.height).median ?? 8
      var lattice = RuledLattice(net, leastRow: Self.leastRow * height)
      lattice?.drawThrough(inside)
      lattice?.drawAlong(inside)
      if var grid = lattice?.grid() {
        grid.place(inside)
        if let grid = GridTrim.trimmed(ImpliedRows.parted(grid)) {
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
      return try found
        + aligned(net.box, words: inside, rules: net.horizontals, dividers: dividers, strategy: .halfRuled, evidence: 0)
    }
  }

  private static let inNet = 0.9  // of an area
  private static let frame = 2  // verticals: a net of more has columns

  /// The ground that may tell an area's rows: within a net with columns its rules do, and shading only makes things stand
  /// out; what lies between the lines of a formula is its brackets and bars.
  func ground(in area: BoundingBox) -> GroundEdges? {
    if page.regions.contains(where: { $0.kind == .formula && $0.box.intersects(area) }) { return nil }
    return nets.contains { $0.verticals.count > Self.frame && area.coverage(by: $0.box) > Self.inNet } ? nil : ground
  }

  private static let leastRow = 0.6  // of a word's height: grid lines closer than that hold no text
  private static let dividerShare = 0.7  // of a net's height: a rule between columns of the whole table

  // MARK: Alignment

  private func areaCandidates() throws -> [TableCandidate] {
    let finder = AreaFinder(rules: edges.horizontals, wordGap: wordGap)
    var areas = finder.areas(body)
    if page.columns.count > 1 {
      for column in page.columns { areas += finder.areas(words(in: column.insetBy(-2), of: body)) }
    }
    areas += page.regions.filter { $0.kind == .table }.map(\.box)
    var seen: Set<BoundingBox> = []
    return try areas.flatMap(parted).filter { seen.insert($0).inserted }.prefix(Self.mostAreas).flatMap {
      area -> [TableCandidate] in
      let inside = words(in: area.insetBy(-0.5), of: body)
      // A region's outline may reach over a picture below; the words' does not.
      guard let box = inside.map(\.box).union()?.insetBy(-0.5) else { return [] }
      return try aligned(
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
  static let boundEvidence = 0.2  // of the confidence: rules above, below the header and at the end
  private static let levelEvidence = 0.01  // of the confidence: of two readings, the one with names over names
  private static let titleEvidence = 0.1  // of the confidence: "Table 3" right above

  func aligned(
    _ area: BoundingBox, words: [TableWord], rules: [RuleEdge], dividers: [Double] = [], strategy: TableStrategy,
    evidence: Double
  ) throws -> [TableCandidate] {
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
    guard let draft = try reading.grid(strategy: strategy, ground: ground(in: area)),
      let trimmed = GridTrim.trimmed(draft)
    else {
      return []
    }
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
  func parted(_ area: BoundingBox) -> [BoundingBox] {
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
