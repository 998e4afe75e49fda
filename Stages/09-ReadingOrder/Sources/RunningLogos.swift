import Contracts
import DocumentModel

/// Logos of the pages so far: one that stands at the same place again belongs to the running header or footer.
struct RunningLogos {
  private var seen: [BoundingBox] = []

  /// Indices of the page's logos that an earlier page has at their place; the others are kept for the pages to come.
  mutating func repeated(on page: AssemblyOutput) -> Set<Int> {
    let logos = page.elements.indices.filter { page.elements[$0].figure?.kind == .logo }
    let known = seen
    var repeated: Set<Int> = []
    for index in logos {
      let box = page.elements[index].box
      if known.contains(where: { Self.isSame($0, box) }) {
        repeated.insert(index)
      } else if seen.count < Self.most {
        seen.append(box)
      }
    }
    return repeated
  }

  private static func isSame(_ a: BoundingBox, _ b: BoundingBox) -> Bool {
    abs(a.left - b.left) < shift && abs(a.top - b.top) < shift && abs(a.right - b.right) < shift
      && abs(a.bottom - b.bottom) < shift
  }

  private static let most = 64  // places of logos in one document
  private static let shift = 3.0  // points: what a cut from the page's picture may differ by
}
