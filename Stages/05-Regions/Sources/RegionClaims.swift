import DocumentModel

/// Which line belongs to which region while a page is worked on; the first claim holds.
struct RegionClaims {
  struct Claim {
    let kind: RegionKind
    /// Upright; nil where the lines alone make the region.
    let box: BoundingBox?
    let lines: [Int]
    let confidence: Score
  }

  private var claims: [Claim] = []
  private var claimed: [Bool]

  init(lineCount: Int) { claimed = Array(repeating: false, count: lineCount) }

  func isClaimed(_ line: Int) -> Bool { claimed[line] }

  mutating func add(_ kind: RegionKind, box: BoundingBox?, lines: [Int], _ confidence: Score) {
    let free = lines.filter { !claimed[$0] }
    guard !free.isEmpty || box != nil else { return }
    for line in free { claimed[line] = true }
    claims.append(Claim(kind: kind, box: box, lines: free, confidence: confidence))
  }

  /// By first line; a region without lines goes before the first region of its own place that stands below it.
  func ordered(view: PageView) -> [Claim] {
    let worded = claims.filter { !$0.lines.isEmpty }.sorted { ($0.lines.min() ?? 0) < ($1.lines.min() ?? 0) }
    var ordered = worded
    let bare = claims.filter(\.lines.isEmpty).sorted {
      ($0.box?.top ?? 0, $0.box?.left ?? 0) < ($1.box?.top ?? 0, $1.box?.left ?? 0)
    }
    for claim in bare {
      guard let box = claim.box else { continue }
      let place = ordered.firstIndex { other in
        guard let around = other.box ?? other.lines.lazy.map({ view.lines[$0].box }).union() else { return false }
        return around.midY > box.midY && around.horizontalOverlap(box) > 0.3 * min(around.width, box.width)
          && !other.kind.isFurniture
      }
      ordered.insert(claim, at: place ?? lastInColumn(ordered, box, view) ?? ordered.endIndex)
    }
    return ordered
  }

  /// After the last region above the box in its own column.
  private func lastInColumn(_ ordered: [Claim], _ box: BoundingBox, _ view: PageView) -> Int? {
    let above = ordered.lastIndex { other in
      guard let around = other.box ?? other.lines.lazy.map({ view.lines[$0].box }).union() else { return false }
      return around.midY <= box.midY && around.horizontalOverlap(box) > 0.3 * min(around.width, box.width)
        && other.kind != .pageFooter && other.kind != .pageNumber
    }
    return above.map { $0 + 1 }
  }
}
