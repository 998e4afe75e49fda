/// Union-find over the numbers below a count.
struct DisjointSets {
  private var parent: [Int]

  init(count: Int) { parent = Array(0..<count) }

  /// The smallest number of the set.
  mutating func root(_ member: Int) -> Int {
    var top = member
    while parent[top] != top { top = parent[top] }
    var node = member
    while parent[node] != top { (node, parent[node]) = (parent[node], top) }
    return top
  }

  mutating func unite(_ a: Int, _ b: Int) {
    let (first, second) = (root(a), root(b))
    // The smaller number stays the root, so that the sets' order does not depend on that of the calls.
    if first < second { parent[second] = first } else { parent[first] = second }
  }
}
