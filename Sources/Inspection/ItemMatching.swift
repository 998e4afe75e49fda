import DocumentModel
import StageKit

/// Pairs what stands on two states of a page: first what is equal, then what stands in the same place, then what says
/// the same in the same order.
struct ItemMatching {
  /// Indices on both sides; nil where a side has none.
  private(set) var pairs: [(old: Int?, new: Int?)] = []
  private let old: [Change.State]
  private let new: [Change.State]
  private var freeOld: [Int]
  private var freeNew: [Int]

  init(_ old: [Change.State], _ new: [Change.State]) {
    self.old = old
    self.new = new
    freeOld = Array(old.indices)
    freeNew = Array(new.indices)
    pairEqual()
    pairPlaces()
    pairTexts()
    pairs += freeOld.map { ($0, nil) } + freeNew.map { (nil, $0) }
    // In the order of the new state, with what is gone where it was.
    pairs.sort { (Self.rank($0), $0.new == nil ? 0 : 1) < (Self.rank($1), $1.new == nil ? 0 : 1) }
  }

  private static func rank(_ pair: (old: Int?, new: Int?)) -> Int { pair.new ?? pair.old ?? 0 }

  /// The pairs as changes; equal ones are none.
  func changes(_ subject: Change.Subject, page: Int? = nil) -> [Change] {
    pairs.compactMap { pair in
      guard let i = pair.old else { return pair.new.map { Change(.added, subject, old: nil, new: new[$0]) } }
      guard let j = pair.new else { return Change(.removed, subject, old: old[i], new: nil) }
      let (a, b) = (old[i], new[j])
      if a.text != b.text { return Change(.changed, subject, old: a, new: b, distance: Self.distance(a, b)) }
      if a.kind != b.kind { return Change(.retyped, subject, old: a, new: b, distance: Self.distance(a, b)) }
      if a.box != b.box { return Change(.moved, subject, old: a, new: b, distance: Self.distance(a, b)) }
      return a.confidence == b.confidence ? nil : Change(.rescored, subject, old: a, new: b)
    }
  }

  private static func distance(_ a: Change.State, _ b: Change.State) -> Double? {
    guard let a = a.box, let b = b.box, a != b else { return nil }
    let (dx, dy) = (a.midX - b.midX, a.midY - b.midY)
    return Quantity.coordinate((dx * dx + dy * dy).squareRoot())
  }

  private mutating func take(_ found: [(Int, Int)]) {
    pairs += found.map { ($0.0, $0.1) }
    let (usedOld, usedNew) = (Set(found.map(\.0)), Set(found.map(\.1)))
    freeOld.removeAll(where: usedOld.contains)
    freeNew.removeAll(where: usedNew.contains)
  }

  private struct Look: Hashable {
    let text: String?
    let kind: String?
    let box: BoundingBox?
  }

  private mutating func pairEqual() {
    var places: [Look: [Int]] = [:]
    for j in freeNew.reversed() {
      places[Look(text: new[j].text, kind: new[j].kind, box: new[j].box), default: []].append(j)
    }
    take(
      freeOld.compactMap { i in
        places[Look(text: old[i].text, kind: old[i].kind, box: old[i].box)]?.popLast().map { (i, $0) }
      })
  }

  private static let sameArea = 0.4  // of the area both cover together: half of it, give or take a ragged edge
  private static let square = 48.0  // points: words whose centres lie further apart than this do not share a place
  private static let mostPairs = 250_000  // below it, everything is laid on everything

  private mutating func pairPlaces() {
    var candidates: [(share: Double, old: Int, new: Int)] = []
    let few = freeOld.count * freeNew.count <= Self.mostPairs
    var grid: [Square: [Int]] = [:]
    if !few { for j in freeNew { if let box = new[j].box { grid[Square(box), default: []].append(j) } } }
    for i in freeOld {
      guard let box = old[i].box else { continue }
      let near = few ? freeNew : Square(box).around.flatMap { grid[$0] ?? [] }
      for j in near {
        guard let other = new[j].box, let common = box.intersection(other)?.area else { continue }
        let share = common / max(box.area + other.area - common, 0.01)
        if share >= Self.sameArea { candidates.append((share, i, j)) }
      }
    }
    candidates.sort { ($1.share, $0.old, $0.new) < ($0.share, $1.old, $1.new) }
    var (usedOld, usedNew) = (Set<Int>(), Set<Int>())
    var found: [(Int, Int)] = []
    for pair in candidates where !usedOld.contains(pair.old) && !usedNew.contains(pair.new) {
      usedOld.insert(pair.old)
      usedNew.insert(pair.new)
      found.append((pair.old, pair.new))
    }
    take(found)
  }

  private struct Square: Hashable {
    let column: Int
    let row: Int

    init(_ box: BoundingBox) {
      // Pages are at most some hundred thousand points wide; an edited box may say anything.
      column = Int(min(max(box.midX / ItemMatching.square, -1e9), 1e9))
      row = Int(min(max(box.midY / ItemMatching.square, -1e9), 1e9))
    }

    private init(column: Int, row: Int) { (self.column, self.row) = (column, row) }

    var around: [Square] {
      (-1...1).flatMap { x in (-1...1).map { Square(column: column + x, row: row + $0) } }
    }
  }

  private mutating func pairTexts() {
    let (a, b) = (freeOld.filter { old[$0].text?.isEmpty == false }, freeNew.filter { new[$0].text?.isEmpty == false })
    let steps = SequenceDifference(a.map { old[$0].text }, b.map { new[$0].text }).steps
    take(
      steps.compactMap { step in
        if case .same(let i, let j) = step { (a[i], b[j]) } else { nil }
      })
  }
}
