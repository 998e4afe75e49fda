import DocumentModel

/// What is drawn on a page, in parts: pictures, and rules that touch one another.
struct DrawnParts {
  struct Part {
    let box: BoundingBox
    /// Whether it spans an area: a picture, or rules that meet at a corner or cross.
    let isArea: Bool
  }

  let parts: [Part]

  private static let touch = 1.5  // points: rules that meet on paper end so near each other
  static let mostRules = 1_500  // beyond it the page is a hatching
  private static let leastSide = 3.0  // points of an area

  init(_ view: PageView) {
    let images = view.images.filter { $0.area < 0.6 * view.size.bounds.area }
    parts = images.map { Part(box: $0, isArea: true) } + Self.joined(view.horizontals + view.verticals)
  }

  private static func joined(_ rules: [RulingLine]) -> [Part] {
    guard rules.count <= mostRules else { return [] }
    let boxes = rules.map { $0.box.insetBy(-touch) }
    let order = boxes.indices.sorted { (boxes[$0].top, $0) < (boxes[$1].top, $1) }
    var isOpen = [Bool](repeating: true, count: rules.count)
    var parts: [Part] = []
    for start in order where isOpen[start] {
      isOpen[start] = false
      var waiting = [start]
      var members: [RulingLine] = []
      while let rule = waiting.popLast() {
        members.append(rules[rule])
        for other in order {
          if boxes[other].top > boxes[rule].bottom { break }
          if isOpen[other], boxes[other].intersects(boxes[rule]) {
            isOpen[other] = false
            waiting.append(other)
          }
        }
      }
      guard let box = members.lazy.map(\.box).union() else { continue }
      let isArea = members.contains { $0.axis != members[0].axis } && min(box.width, box.height) >= leastSide
      parts.append(Part(box: box, isArea: isArea))
    }
    return parts
  }
}
