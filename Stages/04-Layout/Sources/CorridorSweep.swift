import DocumentModel

/// Finds the tall white rectangles between obstacles: the whitespace cover that columns are judged by.
///
/// One sweep from top to bottom keeps the strips that are still open; each obstacle closes or narrows those it
/// stands in, each obstacle's end opens the white below it. Dominated strips are dropped at once, so that few are ever open.
struct CorridorSweep {
  private struct Strip {
    var left: Double
    var right: Double
    let top: Double
  }

  private let leastWidth: Double
  private let leastHeight: Double
  private var open: [Strip] = []
  private var active: [BoundingBox] = []
  private var found: [BoundingBox] = []

  private static let mostOpen = 160  // strips: a page of 60 table columns has fewer
  private static let mostFound = 600  // corridors: the tallest are kept
  private static let nibble = 0.4  // points: how far an obstacle may reach into a strip without narrowing it

  private init(leastWidth: Double, leastHeight: Double) {
    self.leastWidth = leastWidth
    self.leastHeight = leastHeight
  }

  /// - Parameter obstacles: sorted by top.
  /// - Returns: white rectangles with something on both sides, tallest first.
  static func corridors(
    among obstacles: [BoundingBox], in bounds: BoundingBox, leastWidth: Double, leastHeight: Double
  ) -> [BoundingBox] {
    var sweep = CorridorSweep(leastWidth: leastWidth, leastHeight: leastHeight)
    sweep.run(obstacles, bounds)
    return sweep.found.filter { $0.left > bounds.left + 1 && $0.right < bounds.right - 1 }
      .sorted { ($1.height, $0.left, $0.top) < ($0.height, $1.left, $1.top) }
  }

  private mutating func run(_ obstacles: [BoundingBox], _ bounds: BoundingBox) {
    open = [Strip(left: bounds.left, right: bounds.right, top: bounds.top)]
    let ends = obstacles.indices.sorted { (obstacles[$0].bottom, $0) < (obstacles[$1].bottom, $1) }
    var ended = 0
    for obstacle in obstacles {
      while ended < ends.count, obstacles[ends[ended]].bottom <= obstacle.top {
        release(obstacles[ends[ended]], bounds)
        ended += 1
      }
      block(obstacle)
      active.append(obstacle)
    }
    for strip in open { keep(strip, until: bounds.bottom) }
  }

  private mutating func block(_ obstacle: BoundingBox) {
    var narrowed: [Strip] = []
    var untouched: [Strip] = []
    for strip in open {
      guard obstacle.left < strip.right - Self.nibble, obstacle.right > strip.left + Self.nibble else {
        untouched.append(strip)
        continue
      }
      keep(strip, until: obstacle.top)
      narrowed.append(Strip(left: strip.left, right: obstacle.left, top: strip.top))
      narrowed.append(Strip(left: obstacle.right, right: strip.right, top: strip.top))
    }
    open = untouched
    for strip in narrowed { add(strip) }
  }

  /// Opens the white that begins where an obstacle ends, between what still stands at that height.
  private mutating func release(_ obstacle: BoundingBox, _ bounds: BoundingBox) {
    let y = obstacle.bottom
    active.removeAll { $0.bottom <= y }
    var left = bounds.left
    var right = bounds.right
    var inside: [BoundingBox] = []
    for other in active {
      if other.right <= obstacle.left + Self.nibble {
        left = max(left, other.right)
      } else if other.left >= obstacle.right - Self.nibble {
        right = min(right, other.left)
      } else {
        inside.append(other)
      }
    }
    var start = left
    for other in inside.sorted(by: { ($0.left, $0.right) < ($1.left, $1.right) }) {
      add(Strip(left: start, right: other.left, top: y))
      start = max(start, other.right)
    }
    add(Strip(left: start, right: right, top: y))
  }

  private mutating func add(_ strip: Strip) {
    guard strip.right - strip.left >= leastWidth, open.count < Self.mostOpen else { return }
    for other in open where other.left <= strip.left && other.right >= strip.right && other.top <= strip.top { return }
    open.append(strip)
  }

  private mutating func keep(_ strip: Strip, until bottom: Double) {
    guard bottom - strip.top >= leastHeight else { return }
    found.append(BoundingBox(left: strip.left, top: strip.top, right: strip.right, bottom: bottom))
    if found.count > 2 * Self.mostFound {
      found.sort { ($1.height, $0.left, $0.top) < ($0.height, $1.left, $1.top) }
      found.removeSubrange(Self.mostFound...)
    }
  }
}
