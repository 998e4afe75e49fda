import Contracts
import DocumentModel

/// Finds regions that only go on with the one before: a change of face, the frame of a link or a colon cut them in two.
///
/// The sign is the line break itself: had the text begun anew, its first word would have fitted on the line above.
struct ContinuedRegions {
  /// For each region the lines of those that go on with it, in order.
  private(set) var added: [Int: [TextLine]] = [:]
  /// The regions that have gone to another.
  private(set) var taken: Set<Int> = []

  private let page: PageMaterial
  private let usualPitch: Double?

  /// A text that may go on.
  private struct Open {
    let region: Int
    let kind: RegionKind
    let column: Int?
    /// Where its further lines may begin, in the upright frame.
    let hangs: [Double]
    /// Where its lines may end.
    let right: Double
    var last: TextLine
    var pitch: Double?
  }

  init(_ page: PageMaterial, _ ownership: WordOwnership, hasMarker: (TextLine) -> Bool, texts: [String]) {
    self.page = page
    usualPitch = Self.usualPitch(page, ownership)
    var open: Open?
    var listing: OpenListing?
    for (index, region) in page.regions.enumerated() where !region.kind.isFurniture && region.kind != .footnote {
      guard !page.isMarginNote(region) else {
        (open, listing) = (nil, nil)
        continue
      }
      let lines = ownership.lines(region.lines, of: .region(index), in: page)
      guard let first = lines.first, let last = lines.last else { continue }
      if var before = open, before.column == region.column || before.kind == .caption,
        region.kind != .listItem || !hasMarker(first), Self.followers(of: before.kind).contains(region.kind),
        goesOn(before, lines, texts)
      {
        added[before.region, default: []] += lines
        taken.insert(index)
        before.pitch = before.pitch ?? first.baseline - before.last.baseline
        before.last = last
        (open, listing) = (before, nil)
      } else if page.isListing(region), var before = listing, before.goesOn(in: region, lines) {
        added[before.region, default: []] += lines
        taken.insert(index)
        before.last = last
        listing = before
      } else {
        // Of several items only the last goes on; those of an area that is no table are items as well.
        let item = region.kind == .listItem || page.isNoTable(region) ? lines.lastIndex(where: hasMarker) : nil
        open = opened(index, region, item == nil ? region.kind : .listItem, Array(lines[(item ?? 0)...]))
        listing = page.isListing(region) ? OpenListing(index, region, lines) : nil
      }
    }
  }

  /// How far lines of running text are apart on this page, as a share of their size; nil where nothing tells.
  private static func usualPitch(_ page: PageMaterial, _ ownership: WordOwnership) -> Double? {
    var steps: [Double] = []
    for (index, region) in page.regions.enumerated() where region.kind == .paragraph || region.kind == .listItem {
      let lines = ownership.lines(region.lines, of: .region(index), in: page)
      for (line, next) in zip(lines, lines.dropFirst()) where next.baseline > line.baseline + sameLine * line.size {
        steps.append((next.baseline - line.baseline) / max(line.size, 1))
      }
    }
    steps.sort()
    return steps.isEmpty ? nil : steps[steps.count / 2]
  }

  private func opened(_ index: Int, _ region: Region, _ kind: RegionKind, _ lines: [TextLine]) -> Open? {
    guard !Self.followers(of: kind).isEmpty, let first = lines.first, let last = lines.last,
      let room = region.column.flatMap({ page.columns.indices.contains($0) ? page.columns[$0] : nil })
        ?? (kind == .caption ? page.columns.union() : nil),
      first.turn == last.turn, lines.allSatisfy({ $0.direction == .leftToRight })
    else { return nil }
    let frame = UprightFrame(page: page.size, turn: first.turn)
    let lefts = lines.map { frame.upright($0.textBox(page.words)).left }
    let below = lines.indices.first { lines[$0].baseline > first.baseline + Self.sameLine * first.size }
    let words = lines.flatMap(\.words).prefix(Self.numberWords).map { frame.upright(page.words[$0].box).left }
    let hangs: [Double]
    switch kind {
    case _ where below != nil: hangs = below.map { [lefts[$0]] } ?? []
    // The text after the marker or the number tells where its lines will begin.
    case .listItem: hangs = Array(words.dropFirst().prefix(1))
    case .caption: hangs = words
    default: hangs = [lefts[0]]
    }
    let pitch = below.map { lines[$0].baseline - first.baseline }
    return Open(
      region: index, kind: kind, column: region.column, hangs: hangs, right: frame.upright(room).right,
      last: last,
      pitch: pitch)
  }

  private func goesOn(_ open: Open, _ lines: [TextLine], _ texts: [String]) -> Bool {
    let first = lines[0]
    let size = max(open.last.size, 1)
    guard first.turn == open.last.turn, let opening = first.words.first, let ending = open.last.words.last else {
      return false
    }
    let isAddress = AddressBreak.goesOn(texts[ending], texts[opening])
    guard isAddress || abs(first.size - open.last.size) <= Self.sizeStep * size else { return false }
    let step = first.baseline - open.last.baseline
    let usual = min(usualPitch.map { $0 * Self.samePitch } ?? 0, Self.mostPitch)
    let farthest = min(open.pitch.map { $0 * Self.samePitch } ?? .infinity, max(Self.farthest, usual) * size)
    guard step > Self.sameLine * size, step <= farthest else { return false }
    let frame = UprightFrame(page: page.size, turn: first.turn)
    var above = open.last.baseline
    for line in lines {
      let left = frame.upright(line.textBox(page.words)).left
      // A piece of a line stands where it stands.
      let begins = line.baseline > above + Self.sameLine * size
      guard
        open.hangs.contains(where: { begins ? abs(left - $0) <= Self.edge : left >= $0 - Self.edge }),
        line.baseline - above <= farthest
      else { return false }
      above = line.baseline
    }
    switch open.kind {
    case .paragraph:
      guard let letter = texts[opening].unicodeScalars.first, let end = texts[ending].unicodeScalars.last,
        isAddress || LineBreakHyphen.isHyphen(end) || letter.isSmall && !Self.ends.contains(end)
      else { return false }
    case .caption:
      guard isBold(opening) == isBold(ending), abs(first.size - open.last.size) <= Self.sameSize,
        texts[ending].unicodeScalars.last.map({ !Self.ends.contains($0) }) ?? false
      else { return false }
    default: break
    }
    let width = frame.upright(page.words[opening].box).width
    let used = frame.upright(open.last.textBox(page.words)).right
    return used + Self.space * size + width > open.right - Self.slack * size
  }

  private func isBold(_ word: Int) -> Bool { page.words[word].font.map { page.fonts[$0].bold } ?? false }

  /// What the rest of such a region may have been taken for; what a table leaves of its region is no table.
  private static func followers(of kind: RegionKind) -> Set<RegionKind> {
    switch kind {
    case .paragraph, .listItem: [.paragraph, .keyValue, .code, .listItem]
    case .caption: [.paragraph, .heading, .table, .caption]
    default: []
    }
  }

  private static let ends: Set<Unicode.Scalar> = [".", "!", "?", ":", ";"]
  private static let numberWords = 4  // words: "Table A - 2." and the first of the title
  private static let sameLine = 0.3  // of the size: parts of one line may differ by a little
  private static let sizeStep = 0.25  // of the size: typewriter faces are set smaller than the text around them
  private static let sameSize = 0.5  // points: rounding of sizes within one face
  private static let samePitch = 1.15  // of the text's own distance of lines: more is white that parts
  private static let farthest = 1.5  // of the size from baseline to baseline: running text is set at 1.1–1.5
  private static let mostPitch = 2.0  // of the size: pages of the web are set at up to 1.8
  private static let edge = 3.0  // points: letters' side bearings
  private static let space = 0.2  // of the size: the narrowest space a line is set with
  private static let slack = 0.5  // of the size: what a ragged line may leave beyond the word that did not fit
}
