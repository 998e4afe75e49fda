/// Finds the dots of printed tints among the small parts of a page: grey that a printer or a fax machine makes of black
/// dots on a lattice, or of black with white holes on one.
///
/// A dot of a lattice has four neighbours and more about as near as the nearest. Letters of a row have two, the specks of
/// a dirty page two on average, full stops none.
struct ScreenDots {
  /// A dot of a lattice.
  struct Dot {
    let box: PixelRect
    /// Pixels to the nearest other.
    let pitch: Double
  }

  private static let largest = 8  // pixels each way: the dots of a coarse tint at 300 dpi
  private static let farthest = 14  // pixels from dot to dot
  private static let asNear = 1.5  // times as far as the nearest: on a lattice the next ring but one begins there
  private static let neighbours = 4
  private static let most = 400_000  // dots that are looked at: an A4 page of fine tint

  static func mayBe(_ part: PixelRect) -> Bool { part.width <= largest && part.height <= largest }

  /// - Parameter parts: connected parts of ink, or holes in it, of any size.
  static func find(in parts: [PixelRect]) -> [Dot] {
    let small = Array(parts.lazy.filter(mayBe).prefix(most))
    guard let columns = small.map({ $0.left / farthest }).max(), let rows = small.map({ $0.top / farthest }).max()
    else {
      return []
    }
    // Buckets as broad as the farthest neighbour is, so that one ring of them holds all that are near enough.
    let (width, height) = (columns + 3, rows + 3)
    let bucket = small.map { ($0.top / farthest + 1) * width + $0.left / farthest + 1 }
    var starts = [Int](repeating: 0, count: width * height + 1)
    for index in bucket { starts[index + 1] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    var (places, order) = (starts, [Int](repeating: 0, count: small.count))
    for (dot, index) in bucket.enumerated() {
      order[places[index]] = dot
      places[index] += 1
    }
    var distances: [Int] = []
    return small.indices.compactMap { dot in
      let part = small[dot]
      distances.removeAll(keepingCapacity: true)
      for row in [bucket[dot] - width, bucket[dot], bucket[dot] + width] {
        for other in order[starts[row - 1]..<starts[row + 2]] where other != dot {
          distances.append(part.squaredDistance(to: small[other]))
        }
      }
      // Doubled both ways, squared.
      guard let nearest = distances.min(), nearest <= 4 * farthest * farthest else { return nil }
      let limit = asNear * asNear * Double(nearest)
      guard distances.count(where: { Double($0) <= limit }) >= neighbours else { return nil }
      return Dot(box: part, pitch: Double(nearest).squareRoot() / 2)
    }
  }
}

extension PixelRect {
  /// Between the middles, in half pixels.
  fileprivate func squaredDistance(to other: PixelRect) -> Int {
    let across = 2 * left + width - 2 * other.left - other.width
    let down = 2 * top + height - 2 * other.top - other.height
    return across * across + down * down
  }
}
