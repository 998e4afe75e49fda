import Contracts
import DocumentModel

/// The frames and underlines of links, which are printed like rules and part no table.
struct LinkFrames {
  private let boxes: [BoundingBox]

  init(_ links: [PageLink]) {
    boxes = links.prefix(Self.most).map(\.box)
  }

  /// The rules that bound no link and run through none.
  func without(_ rules: [RulingLine]) -> [RulingLine] {
    guard !boxes.isEmpty else { return rules }
    return rules.filter { rule in !boxes.contains { Self.holds($0, rule) } }
  }

  private static func holds(_ box: BoundingBox, _ rule: RulingLine) -> Bool {
    let (edges, along) =
      switch rule.axis {
      case .horizontal: ([box.top, box.bottom], (box.left, box.right))
      case .vertical: ([box.left, box.right], (box.top, box.bottom))
      }
    return rule.start >= along.0 - overhang && rule.end <= along.1 + overhang
      && edges.contains { abs(rule.position - $0) <= edge }
  }

  private static let most = 1000  // links: each is held against every rule; a page of references has fifty
  private static let edge = 1.5  // points: a frame is drawn on the link's edge, half a point to one and a half wide
  private static let overhang = 2.0  // points: the corners of frames, and what a picture of the page smears
}
