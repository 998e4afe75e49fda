/// The shortest way from one sequence to another, in bounded time.
///
/// - Source: Myers, "An O(ND) Difference Algorithm and Its Variations" (1986); where sequences differ too much for it,
///   Bram Cohen's patience difference parts them at what each has once.
package struct SequenceDifference: Sendable {
  package enum Step: Sendable, Hashable {
    case same(Int, Int)
    case removed(Int)
    case added(Int)
  }

  /// From the start to the end; between two that are the same, what was removed comes before what was added.
  package private(set) var steps: [Step] = []

  package init<Item: Hashable>(_ old: [Item], _ new: [Item]) {
    var numbers: [Item: Int] = [:]
    func number(_ item: Item) -> Int {
      if let known = numbers[item] { return known }
      numbers[item] = numbers.count
      return numbers.count - 1
    }
    let a = old.map(number)
    let b = new.map(number)
    compare(a, 0..<a.count, b, 0..<b.count, depth: 0)
  }

  private static let mostEdits = 600  // a trace of 600² numbers is 3 MB, and 600 passes over the sequences
  private static let deepest = 24  // partings within partings; what is left then counts as replaced

  private mutating func compare(_ a: [Int], _ x: Range<Int>, _ b: [Int], _ y: Range<Int>, depth: Int) {
    var (x, y) = (x, y)
    while let i = x.first, let j = y.first, a[i] == b[j] {
      steps.append(.same(i, j))
      (x, y) = (x.dropFirst(), y.dropFirst())
    }
    var tail: [Step] = []
    while let i = x.last, let j = y.last, a[i] == b[j] {
      tail.append(.same(i, j))
      (x, y) = (x.dropLast(), y.dropLast())
    }
    if x.isEmpty || y.isEmpty {
      replace(x, y)
    } else if let pairs = Self.shortest(a, x, b, y) {
      follow(pairs, x, y)
    } else if depth < Self.deepest {
      divide(a, x, b, y, depth)
    } else {
      replace(x, y)
    }
    steps += tail.reversed()
  }

  private mutating func replace(_ x: Range<Int>, _ y: Range<Int>) {
    steps += x.map { .removed($0) }
    steps += y.map { .added($0) }
  }

  private mutating func follow(_ pairs: [(Int, Int)], _ x: Range<Int>, _ y: Range<Int>) {
    var (i, j) = (x.lowerBound, y.lowerBound)
    for (nextI, nextJ) in pairs {
      replace(i..<nextI, j..<nextJ)
      steps.append(.same(nextI, nextJ))
      (i, j) = (nextI + 1, nextJ + 1)
    }
    replace(i..<x.upperBound, j..<y.upperBound)
  }

  /// The pairs of a shortest way, or nil where it takes too many edits.
  private static func shortest(_ a: [Int], _ x: Range<Int>, _ b: [Int], _ y: Range<Int>) -> [(Int, Int)]? {
    let (n, m) = (x.count, y.count)
    let limit = min(n + m, mostEdits)
    var furthest = [Int](repeating: 0, count: 2 * limit + 3)
    let middle = limit + 1
    var trace: [[Int]] = []
    for d in 0...limit {
      trace.append(Array(furthest[(middle - d)...(middle + d)]))
      for k in stride(from: -d, through: d, by: 2) {
        let down = k == -d || (k != d && furthest[middle + k - 1] < furthest[middle + k + 1])
        var i = down ? furthest[middle + k + 1] : furthest[middle + k - 1] + 1
        var j = i - k
        while i < n, j < m, j >= 0, a[x.lowerBound + i] == b[y.lowerBound + j] { (i, j) = (i + 1, j + 1) }
        furthest[middle + k] = i
        if i >= n, j >= m { return walkBack(trace, d, n, m, x.lowerBound, y.lowerBound) }
      }
    }
    return nil
  }

  /// - Parameter trace: for each number of edits, what was reached before it, from diagonal −d to d.
  private static func walkBack(
    _ trace: [[Int]], _ edits: Int, _ n: Int, _ m: Int, _ startX: Int, _ startY: Int
  ) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    var (i, j) = (n, m)
    for d in stride(from: edits, to: 0, by: -1) {
      let before = trace[d]
      func reached(_ k: Int) -> Int { before[k + d] }
      let k = i - j
      let down = k == -d || (k != d && reached(k - 1) < reached(k + 1))
      let previous = down ? k + 1 : k - 1
      let (fromI, fromJ) = (reached(previous), reached(previous) - previous)
      let (stopI, stopJ) = down ? (fromI, fromJ + 1) : (fromI + 1, fromJ)
      while i > stopI, j > stopJ {
        (i, j) = (i - 1, j - 1)
        pairs.append((startX + i, startY + j))
      }
      (i, j) = (fromI, fromJ)
    }
    while i > 0, j > 0 {
      (i, j) = (i - 1, j - 1)
      pairs.append((startX + i, startY + j))
    }
    return pairs.reversed()
  }

  /// Parts both at what each has exactly once, as far as its order is the same.
  private mutating func divide(_ a: [Int], _ x: Range<Int>, _ b: [Int], _ y: Range<Int>, _ depth: Int) {
    func once(_ items: [Int], _ range: Range<Int>) -> [Int: Int] {
      var places: [Int: Int] = [:]
      for index in range { places[items[index]] = places[items[index]] == nil ? index : -1 }
      return places.filter { $0.value >= 0 }
    }
    let inB = once(b, y)
    let shared = once(a, x).compactMap { item, i in inB[item].map { (i, $0) } }.sorted { $0.0 < $1.0 }
    let anchors = Self.longestRising(shared)
    guard !anchors.isEmpty else { return replace(x, y) }
    var (i, j) = (x.lowerBound, y.lowerBound)
    for (nextI, nextJ) in anchors {
      compare(a, i..<nextI, b, j..<nextJ, depth: depth + 1)
      steps.append(.same(nextI, nextJ))
      (i, j) = (nextI + 1, nextJ + 1)
    }
    compare(a, i..<x.upperBound, b, j..<y.upperBound, depth: depth + 1)
  }

  /// The longest run of pairs whose second numbers rise, too.
  private static func longestRising(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
    var piles: [Int] = []
    var before = [Int](repeating: -1, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var (low, high) = (0, piles.count)
      while low < high {
        let half = (low + high) / 2
        if pairs[piles[half]].1 < pair.1 { low = half + 1 } else { high = half }
      }
      if low > 0 { before[index] = piles[low - 1] }
      if low == piles.count { piles.append(index) } else { piles[low] = index }
    }
    var found: [(Int, Int)] = []
    var index = piles.last ?? -1
    while index >= 0 {
      found.append(pairs[index])
      index = before[index]
    }
    return found.reversed()
  }
}
