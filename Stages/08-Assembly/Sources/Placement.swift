import Contracts
import DocumentModel

/// Brings tables, figures and loose text to their place among the regions.
struct Placement {
  private struct Item {
    let draft: ElementDraft
    /// The region before which it stands.
    let slot: Int
    let place: BoundingBox
  }

  private let regions: [(kind: RegionKind, box: BoundingBox)]
  private let frame: UprightFrame
  /// For each owner the first region that lost words to it.
  private var losers: [WordOwnership.Owner: Int] = [:]
  private var items: [Item] = []
  private var drafts: [[ElementDraft]]

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

  mutating func set(_ elements: [ElementDraft], region: Int) { drafts[region] = elements }

  /// - Parameter owner: who took words from regions; nil for text that no region has.
  mutating func add(_ draft: ElementDraft, at owner: WordOwnership.Owner?) {
    let box = frame.upright(draft.box)
    let known = owner.flatMap { losers[$0] }
    let slot = known ?? (items.count < Self.most ? sameArea(draft.kind, box) ?? slot(for: box) : regions.count)
    items.append(Item(draft: draft, slot: slot, place: box))
  }

  func ordered() -> [ElementDraft] {
    let sorted = items.enumerated().sorted { a, b in
      (a.element.slot, a.element.place.top, a.element.place.left, a.offset)
        < (b.element.slot, b.element.place.top, b.element.place.left, b.offset)
    }
    var result: [ElementDraft] = []
    var next = 0
    for slot in 0...drafts.count {
      while next < sorted.count, sorted[next].element.slot == slot {
        result.append(sorted[next].element.draft)
        next += 1
      }
      if slot < drafts.count { result += drafts[slot] }
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
