/// Reads a page's content for whether it draws one image and nothing else that shows.
///
/// Knows only what programs write around a scan: graphics states, a clip around the page, marks, and invisible text as
/// searchable scans have it. Anything else, and the page is to be drawn.
/// - Source: ISO 32000-1, 8.2 and annex A.
struct LoneImageContent {
  /// The image's name among the page's resources.
  private(set) var name = ""
  /// From the unit square, in which the image lies upright, to the page.
  private(set) var matrix = Matrix.identity
  /// Whether a colour was set: a stencil may not be black then.
  private(set) var setsColour = false

  struct Matrix: Equatable {
    var a, b, c, d, e, f: Double

    static let identity = Matrix(a: 1, b: 0, c: 0, d: 1, e: 0, f: 0)

    /// What is transformed by this first.
    func then(_ m: Matrix) -> Matrix {
      Matrix(
        a: a * m.a + b * m.c, b: a * m.b + b * m.d, c: c * m.a + d * m.c, d: c * m.b + d * m.d,
        e: e * m.a + f * m.c + m.e, f: e * m.b + f * m.d + m.f)
    }
  }

  private struct State {
    var matrix = Matrix.identity
    var textMode = 0.0
  }

  private static let invisible = 3.0  // text rendering mode
  private static let deepest = 64  // saved states
  private static let mostOperands = 64
  private static let slack = 1.0  // points by which a clip may cut into the page's edge

  private var state = State()
  private var saved: [State] = []
  private var rectangle: [Double]?

  /// Nil where the content may show anything besides an image.
  ///
  /// - Parameter box: the page's left, bottom, right and top, in points.
  init?(_ content: [UInt8], box: (left: Double, bottom: Double, right: Double, top: Double)) {
    var tokens = ContentTokens(content)
    var operands: [ContentTokens.Token] = []
    while let token = tokens.next() {
      guard case .operation(let operation) = token else {
        operands.append(token)
        guard operands.count <= Self.mostOperands else { return nil }
        continue
      }
      guard apply(operation, operands, box) else { return nil }
      operands.removeAll(keepingCapacity: true)
    }
    guard !tokens.isBroken, !name.isEmpty else { return nil }
  }

  /// - Returns: whether the page may still be nothing but an image.
  private mutating func apply(
    _ operation: String, _ operands: [ContentTokens.Token],
    _ box: (left: Double, bottom: Double, right: Double, top: Double)
  ) -> Bool {
    switch operation {
    case "q":
      saved.append(state)
      return saved.count <= Self.deepest
    case "Q":
      // One too many is passed over, as readers do.
      state = saved.popLast() ?? state
    case "cm":
      guard let m = Self.numbers(operands, 6) else { return false }
      state.matrix = Matrix(a: m[0], b: m[1], c: m[2], d: m[3], e: m[4], f: m[5]).then(state.matrix)
    case "Do":
      guard name.isEmpty, case .name(let image)? = operands.last, !image.isEmpty else { return false }
      (name, matrix) = (image, state.matrix)
    case "re":
      guard rectangle == nil, let numbers = Self.numbers(operands, 4) else { return false }
      rectangle = numbers
    case "W", "W*": return rectangle.map { isAround($0, box) } ?? false
    case "n": rectangle = nil
    case "Tr":
      guard let mode = Self.numbers(operands, 1) else { return false }
      state.textMode = mode[0]
    case "Tj", "TJ", "'", "\"": return state.textMode == Self.invisible
    case "BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "TL", "Ts": break
    case "BMC", "EMC", "MP", "DP": break
    case "BDC":
      // Optional content may be hidden.
      if case .name("OC")? = operands.first { return false }
    case "g", "rg", "k", "G", "RG", "K", "cs", "CS", "sc", "SC": setsColour = true
    case "w", "J", "j", "M", "d", "i", "ri": break
    default: return false
    }
    return true
  }

  /// Whether a clip leaves the whole page.
  private func isAround(
    _ rectangle: [Double], _ box: (left: Double, bottom: Double, right: Double, top: Double)
  ) -> Bool {
    let m = state.matrix
    guard m.b == 0, m.c == 0 else { return false }
    let (x1, x2) = (rectangle[0] * m.a + m.e, (rectangle[0] + rectangle[2]) * m.a + m.e)
    let (y1, y2) = (rectangle[1] * m.d + m.f, (rectangle[1] + rectangle[3]) * m.d + m.f)
    return min(x1, x2) <= box.left + Self.slack && max(x1, x2) >= box.right - Self.slack
      && min(y1, y2) <= box.bottom + Self.slack && max(y1, y2) >= box.top - Self.slack
  }

  private static func numbers(_ operands: [ContentTokens.Token], _ count: Int) -> [Double]? {
    let numbers = operands.compactMap { if case .number(let value) = $0 { value } else { nil } }
    return numbers.count == count && operands.count == count ? numbers : nil
  }
}
