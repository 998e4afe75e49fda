import Contracts
import DocumentModel

/// Where the text outside lists begins on a page: what stands there belongs to no item, wherever its text may stand.
struct TextMargins {
  private struct Margin {
    let left: Double
    let isCode: Bool
    var letters: Int
  }

  private var margins: [Margin] = []
  private var page = 0
  private var column: Int?
  private var edge = 0.0

  mutating func add(_ element: Element, page number: Int, output: AssemblyOutput) {
    if number != page || element.column != column {
      let next = output.edge(of: element)
      // The next page may have other margins.
      if abs(next - edge) > Self.same { margins = [] }
      (page, column, edge) = (number, element.column, next)
    }
    let letters = element.runs.reduce(0) { $0 + $1.text.utf8.count }
    let isCode = element.kind == .code
    if let known = margins.firstIndex(where: { $0.isCode == isCode && abs($0.left - element.box.left) <= Self.same }) {
      margins[known].letters += letters
    } else if margins.count < Self.most {
      margins.append(Margin(left: element.box.left, isCode: isCode, letters: letters))
    }
  }

  /// Whether a text stands where listings or much of the text outside lists stand; a quote here and there is indented too.
  func holds(_ element: Element) -> Bool {
    let isCode = element.kind == .code
    let much = (margins.lazy.filter { $0.isCode == isCode }.map(\.letters).max() ?? 0) / Self.share
    return margins.contains {
      $0.isCode == isCode && abs($0.left - element.box.left) <= Self.same && (isCode || $0.letters > much)
    }
  }

  private static let most = 16  // edges of one page
  private static let same = 2.0  // points: lines of one edge
  private static let share = 2  // half of what stands at the edge with most text
}
