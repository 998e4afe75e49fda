import Contracts
import DocumentModel

/// Brings tables, figures and loose text to their place among the regions.
struct Placement {
  private struct Item {
    let draft: ElementDraft
    /// The region before which it stands.
    let slot: Int
    let place: BoundingBox
    /// Whether it took words of the region that it stands before.
    let isTaker: Bool
  }

  private let regions: [(kind: RegionKind, box: BoundingBox)]
  private let frame: UprightFrame
  /// For each owner the first region that lost words to it.
  private var losers: [WordOwnership.Owner: Int] = [:]
  private var items: [Item] = []
  /// For each region its elements, in parts between the items that took words from it.
  private var drafts: [[[ElementDraft]]]

  init(_ page: PageMaterial, _ ownership: WordOwnership) {
    let frame = UprightFrame(page: page.size, turn: page.turn)
    self.frame = frame
    regions = page.regions.map { ($0.kind, frame.upright($0.box)) }
    drafts = Array(repeating: [], count: page.regions.count)
    for (index, region) in page.regions.enumerated() {
      for line in region.lines {
        for word in page.lines[line].words where losers[ownership.owners[word]] == nil {
          losers[ownership.owners[word]] = index
        }
      }
    }
  }

  /// What a region has left, in parts that stand above, between and below what took words from it.
  func parts(of lines: [TextLine], region: Int) -> [[TextLine]] {
    let tops = items.filter { $0.isTaker && $0.slot == region }.map(\.place.top).sorted()
    guard !tops.isEmpty else { return [lines] }
    var parts = [[TextLine]](repeating: [], count: tops.count + 1)
    for line in lines {
      let middle = frame.upright(line.box).midY
      parts[tops.count { $0 <= middle }].append(line)
    }
    return parts
  }

  mutating func set(_ elements: [ElementDraft], region: Int, part: Int = 0) {
    while drafts[region].count <= part { drafts[region].append([]) }
    drafts[region][part] = elements
  }

  /// - Parameter owner: who took words from regions; nil for text that no region has.
  mutating func add(_ draft: ElementDraft, at owner: WordOwnership.Owner?) {
    let box = frame.upright(draft.box)
    let known = owner.flatMap { losers[$0] }
    let slot = known ?? (items.count < Self.most ? sameArea(draft.kind, box) ?? slot(for: box) : regions.count)
    items.append(Item(draft: draft, slot: slot, place: box, isTaker: known != nil))
  }

  func ordered() -> [ElementDraft] {
    let sorted = items.enumerated().sorted { a, b in
      (a.element.slot, a.element.place.top, a.element.place.left, a.offset)
        < (b.element.slot, b.element.place.top, b.element.place.left, b.offset)
    }
    var result: [ElementDraft] = []
    var next = 0
    for slot in 0...drafts.count {
      var parts = slot < drafts.count ? drafts[slot][...] : []
      while next < sorted.count, sorted[next].element.slot == slot {
        if sorted[next].element.isTaker, let part = parts.popFirst() { result += part }
        result.append(sorted[next].element.draft)
        next += 1
      }
      result += parts.joined()
    }
    return result
  }

  /// The region of the same kind that covers the same area.
  private func sameArea(_ kind: RegionKind, _ box: BoundingBox) -> Int? {
    regions.firstIndex { region in
      region.kind == kind && (box.coverage(by: region.box) > 0.5 || region.box.coverage(by: box) > 0.5)
    }
  }

  /// Below the last region above it in its column, else above the first one below, else by height.
  private func slot(for box: BoundingBox) -> Int {
    func shares(_ other: BoundingBox) -> Bool {
      other.horizontalOverlap(box) > Self.overlap * min(other.width, box.width)
    }
    if let above = regions.lastIndex(where: { !$0.kind.isFurniture && $0.box.midY <= box.top && shares($0.box) }) {
      return above + 1
    }
    if let below = regions.firstIndex(where: { !$0.kind.isFurniture && $0.box.midY >= box.bottom && shares($0.box) }) {
      return below
    }
    return regions.firstIndex { $0.box.midY > box.midY } ?? regions.count
  }

  private static let most = 2000  // items: each is held against all regions
  private static let overlap = 0.3  // of the narrower: less is the neighbouring column
}
