import Contracts
import DocumentModel

/// Ties captions to the table or figure they belong to. A logo has none.
struct CaptionLinks {
  private let page: PageMaterial

  init(_ page: PageMaterial) { self.page = page }

  func link(_ drafts: inout [ElementDraft]) {
    var first: [ElementDraft.Origin: Int] = [:]
    for (index, draft) in drafts.enumerated() where first[draft.origin] == nil { first[draft.origin] = index }
    for (number, figure) in page.figures.enumerated() {
      if let region = figure.caption, let caption = first[.region(region)], figure.kind != .logo,
        let target = first[.figure(number)],
        drafts[caption].kind == .caption, drafts[caption].captionOf == nil,
        // Stage 7 goes by the text layer's words, which recognition may know better.
        Self.named(drafts[caption]) != .table
      {
        drafts[caption].captionOf = target
      }
    }
    let targets = drafts.indices.filter { place in
      drafts[place].kind == .table && drafts[place].table != nil
        || drafts[place].figure.map { $0.kind != .logo } ?? false
    }
    guard targets.count <= Self.most else { return }
    for index in drafts.indices where drafts[index].kind == .caption && drafts[index].captionOf == nil {
      drafts[index].captionOf = nearest(drafts[index], among: targets, in: drafts)
    }
  }

  /// The nearest table or figure above or below; one of the kind that the caption names is looked for further away.
  private func nearest(_ caption: ElementDraft, among targets: [Int], in drafts: [ElementDraft]) -> Int? {
    let frame = UprightFrame(page: page.size, turn: page.turn)
    let box = frame.upright(caption.box)
    let named = Self.named(caption)
    var best: (distance: Double, index: Int)?
    for index in targets {
      if let named, drafts[index].kind != named { continue }
      let other = frame.upright(drafts[index].box)
      guard other.horizontalOverlap(box) > 0 else { continue }
      let distance = max(0, max(other.top - box.bottom, box.top - other.bottom))
      if distance <= (named == nil ? Self.near : Self.far), best.map({ distance < $0.distance }) ?? true {
        best = (distance, index)
      }
    }
    return best?.index
  }

  private static let most = 1000  // tables and figures of a page: each caption is held against all
  private static let near = 24.0  // points: two lines
  private static let far = 90.0  // points: a caption that says "Table 3" may stand above a band of notes

  /// The kind of element that a caption's first word names.
  private static func named(_ caption: ElementDraft) -> RegionKind? {
    let text = caption.runs.lazy.map(\.text).joined()
    switch text.split(whereSeparator: \.isWhitespace).first.flatMap({ CaptionOpening.subject(of: String($0)) }) {
    case .table: return .table
    case .picture: return .figure
    default: return nil
    }
  }
}
