import Contracts
import DocumentModel

/// One page's elements, sorted by what part they play: indices into the page's elements.
struct PageFlow {
  /// Running headers, footers and page numbers.
  private(set) var furniture: [Int] = []
  /// The text as it is read, with tables and figures where they stand.
  private(set) var body: [Int] = []
  /// Side-bars, margin notes, pull quotes and what stands turned, read after the body.
  private(set) var aside: [Int] = []
  private(set) var footnotes: [Int] = []
  /// For a table or figure its captions.
  private(set) var captions: [Int: [Int]] = [:]
  /// Listings under or over a caption: they stand where there was room, as tables and figures do.
  private(set) var listings: Set<Int> = []

  init(_ page: AssemblyOutput) {
    let asides = Asides(page)
    var flow: [Int] = []
    for (index, element) in page.elements.enumerated() {
      if element.kind.isFurniture {
        furniture.append(index)
      } else if element.kind == .footnote {
        footnotes.append(index)
      } else if let target = Self.captioned(element, index, page) {
        captions[target, default: []].append(index)
      } else if asides.contains(index) || element.isTurned {
        aside.append(index)
      } else {
        flow.append(index)
      }
    }
    body = Self.columnwise(flow, page)
    for (index, next) in zip(body, body.dropFirst()) {
      let (a, b) = (page.elements[index], page.elements[next])
      guard a.column == b.column else { continue }
      if a.kind == .code, b.kind == .caption { listings.insert(index) }
      if a.kind == .caption, b.kind == .code { listings.insert(next) }
    }
  }

  /// The table or figure that a caption belongs to, if it leads to one.
  private static func captioned(_ element: Element, _ index: Int, _ page: AssemblyOutput) -> Int? {
    guard element.kind == .caption, let target = element.captionOf, target != index,
      page.elements.indices.contains(target), page.elements[target].kind.isFloat
    else { return nil }
    return target
  }

  /// Puts elements of one band column after column.
  ///
  /// A band ends at an element that spans columns, at a column that lies over another of the band, and where the text goes
  /// back to an earlier column below all that was read: there another band of columns begins. A jump back beside what was
  /// read is an error of the order, and is mended.
  private static func columnwise(_ flow: [Int], _ page: AssemblyOutput) -> [Int] {
    guard page.columns.count > 1 else { return flow }
    var result: [Int] = []
    var band: [(index: Int, column: Int)] = []
    var bottom = -Double.infinity
    var inBand: Set<Int> = []
    func close() {
      result += band.enumerated().sorted { ($0.element.column, $0.offset) < ($1.element.column, $1.offset) }
        .map(\.element.index)
      band.removeAll()
      inBand.removeAll()
      bottom = -.infinity
    }
    for index in flow {
      let element = page.elements[index]
      guard let column = element.column, page.columns.indices.contains(column) else {
        close()
        result.append(index)
        continue
      }
      if let last = band.last, column < last.column, element.box.top >= bottom - touching {
        close()
      } else if !inBand.contains(column), inBand.contains(where: { liesOver(page.columns[$0], page.columns[column]) }) {
        close()
      }
      band.append((index, column))
      inBand.insert(column)
      bottom = max(bottom, element.box.bottom)
    }
    close()
    return result
  }

  /// Columns of one band stand side by side.
  private static func liesOver(_ a: BoundingBox, _ b: BoundingBox) -> Bool {
    a.horizontalOverlap(b) > common * min(a.width, b.width)
  }

  private static let common = 0.2  // of the narrower: a word that sticks out of its column does not lie over the next
  private static let touching = 3.0  // points: boxes of neighbouring bands may overlap by a descender
}

extension Element {
  /// Whether it stands turned against its page: names of axes, stamps in the margin. Tables and figures stand as they may.
  var isTurned: Bool { !kind.isFloat && typography.turn != nil }
}

extension RegionKind {
  /// Tables and figures: they stand where there was room, not where they are read.
  var isFloat: Bool { self == .table || self == .figure }
}
