import DocumentModel
import Glibc

/// The numbers along an axis of a plot: their values grow evenly with their place, or their logarithms do.
struct NumberAxis {
  /// Around all of its numbers.
  let box: BoundingBox
  /// The centres of the outermost numbers along the axis.
  let first: Double
  let last: Double
  let numbers: [BoundingBox]
  /// Points.
  let size: Double
  let family: String
  /// Whether its numbers stand turned, along an upright axis: those of a table do not.
  let isTurned: Bool
  /// Whether the numbers grow to the right, or downwards.
  let isRising: Bool
  /// Whether each number is one more than that before it, to the right or downwards.
  let isCounting: Bool

  private static let leastNumbers = 3
  private static let slack = 0.35  // em by which a number may miss its place
  private static let leastStep = 0.8  // em between two numbers
  private static let level = 0.25  // em: numbers of one row, or of one column
  private static let mostNumbers = 300  // of a row or a column: a page of data has no axes
  private static let purity = 3  // numbers of an axis for one among them that is none
  private static let mostSkipped = 3  // numbers between two of one axis: those of a plot beside it

  private enum Scale: CaseIterable {
    case even
    case logarithmic

    func place(_ value: Double) -> Double? {
      switch self {
      case .even: value
      case .logarithmic: value > 0 ? log(value) : nil
      }
    }
  }

  private struct Mark {
    let box: BoundingBox
    let value: Double
    let line: LineView
  }

  /// Axes whose numbers stand side by side, and those whose numbers stand one over the other.
  static func find(_ lines: [LineView]) -> (across: [NumberAxis], down: [NumberAxis]) {
    var upright: [Mark] = []
    var turned: [Mark] = []
    for line in lines {
      for (box, word) in zip(line.wordBoxes, line.wordsByPlace) {
        guard let value = value(word) else { continue }
        if line.isTurned {
          turned.append(Mark(box: box, value: value, line: line))
        } else {
          upright.append(Mark(box: box, value: value, line: line))
        }
      }
    }
    let across = clusters(upright, by: \.box.midY).flatMap { axes($0, isTurned: false, along: \.midX) }
    let columns = [\Mark.box.right, \.box.left].flatMap { edge in
      clusters(upright, by: { $0[keyPath: edge] }).flatMap { axes($0, isTurned: false, along: \.midY) }
    }
    // A digit alone stands turned without being seen to.
    let digits = turned.isEmpty ? [] : upright.filter { $0.line.letters == 1 }
    let standing = clusters(turned + digits, by: \.box.midX).filter { $0.contains(where: \.line.isTurned) }.flatMap {
      axes($0, isTurned: true, along: \.midY)
    }
    return (across, standing + columns)
  }

  /// The typeface without its cuts and its size: a plot's title is bold where its numbers are not.
  static func family(_ font: String) -> String {
    var name = font.prefix { $0 != "-" && $0 != "," }.lowercased()
    while name.last?.isNumber == true { name.removeLast() }
    return name.hasSuffix("mt") ? String(name.dropLast(2)) : name
  }

  static func value(_ word: String) -> Double? {
    var text = ""
    for scalar in word.unicodeScalars {
      switch scalar {
      case "0"..."9", ".", "e", "E", "+": text.unicodeScalars.append(scalar)
      case "-", "−", "–": text.append("-")
      case "%", ",": continue
      default: return nil
      }
    }
    guard text.count <= 12, text.contains(where: \.isNumber) else { return nil }
    return Double(text)
  }

  private static func clusters(_ marks: [Mark], by place: (Mark) -> Double) -> [[Mark]] {
    var clusters: [[Mark]] = []
    for mark in marks.sorted(by: { (place($0), $0.box.top, $0.box.left) < (place($1), $1.box.top, $1.box.left) }) {
      if let last = clusters.last?.last, place(mark) - place(last) <= level * min(mark.line.size, last.line.size) {
        clusters[clusters.count - 1].append(mark)
      } else {
        clusters.append([mark])
      }
    }
    return clusters.filter { $0.count >= leastNumbers && $0.count <= mostNumbers }
  }

  private static func axes(_ cluster: [Mark], isTurned: Bool, along place: KeyPath<BoundingBox, Double>) -> [NumberAxis]
  {
    var rest = cluster.sorted { ($0.box[keyPath: place], $0.value) < ($1.box[keyPath: place], $1.value) }
    var found: [NumberAxis] = []
    for scale in Scale.allCases {
      var start = 0
      while start + leastNumbers <= rest.count {
        let run = run(rest, from: start, scale, place)
        guard run.count >= leastNumbers, let box = run.lazy.map({ rest[$0].box }).union() else {
          start += 1
          continue
        }
        let marks = run.map { rest[$0] }
        found.append(
          NumberAxis(
            box: box, first: marks[0].box[keyPath: place], last: marks[marks.count - 1].box[keyPath: place],
            numbers: marks.map(\.box), size: marks[0].line.size, family: family(marks[0].line.font), isTurned: isTurned,
            isRising: marks[marks.count - 1].value > marks[0].value,
            isCounting: zip(marks, marks.dropFirst()).allSatisfy { $1.value == $0.value + 1 })
        )
        let used = Set(run)
        rest = rest.indices.filter { !used.contains($0) }.map { rest[$0] }
      }
    }
    return found
  }

  /// The longest run of marks from one on, each as far from the first as its value says.
  private static func run(
    _ marks: [Mark], from start: Int, _ scale: Scale, _ place: KeyPath<BoundingBox, Double>
  ) -> [Int] {
    let first = marks[start]
    guard let origin = scale.place(first.value) else { return [] }
    let from = first.box[keyPath: place]
    var best: [Int] = []
    for second in (start + 1)..<min(start + 2 + mostSkipped, marks.count) {
      let distance = marks[second].box[keyPath: place] - from
      guard let value = scale.place(marks[second].value), value != origin, distance >= leastStep * first.line.size
      else {
        continue
      }
      let slope = distance / (value - origin)
      var run = [start, second]
      for next in (second + 1)..<max(marks.count, second + 1) {
        let mark = marks[next]
        guard mark.line.font == first.line.font, abs(mark.line.size - first.line.size) <= 0.5,
          let value = scale.place(mark.value)
        else { continue }
        let at = mark.box[keyPath: place]
        guard at - marks[run[run.count - 1]].box[keyPath: place] >= leastStep * first.line.size,
          abs(at - from - (value - origin) * slope) <= slack * first.line.size
        else { continue }
        run.append(next)
      }
      // Among the numbers of a table some grow evenly by chance.
      let others = run[run.count - 1] - start + 1 - run.count
      if run.count > best.count, Self.purity * others <= run.count { best = run }
    }
    return best
  }
}
