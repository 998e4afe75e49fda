import DocumentModel
import Leptonica

/// A picture reduced to a few grey fields: enough to tell whether two are the same, and which way one is turned.
struct PictureLook {
  private static let side = 12  // fields each way
  private static let sampled = 96.0  // pixels of the longer side before fields are averaged
  /// Row by row, 0 (black) … 1 (white).
  private let fields: [Double]

  /// By how much a JPEG may be smaller when it is decoded to be looked at: 1, 2, 4 or 8.
  static func reduction(_ width: Int, _ height: Int) -> Int {
    [8, 4, 2].first { Double(max(width, height) / $0) >= sampled } ?? 1
  }

  init(_ image: RasterImage) throws {
    let factor = min(1, Self.sampled / Double(max(image.width, image.height)))
    let small = try (factor < 1 ? image.scaled(by: factor) : image).grey()
    var sums = [Double](repeating: 0, count: Self.side * Self.side)
    var counts = sums
    for y in 0..<Self.side {
      for x in 0..<Self.side {
        let (left, right) = Self.span(x, of: small.width)
        let (top, bottom) = Self.span(y, of: small.height)
        for row in top...bottom {
          for column in left...right {
            sums[y * Self.side + x] += Double(small.pixel(x: column, y: row) ?? 255)
            counts[y * Self.side + x] += 1
          }
        }
      }
    }
    fields = zip(sums, counts).map { $0 / max($1, 1) / 255 }
  }

  private static func span(_ field: Int, of length: Int) -> (Int, Int) {
    let first = min(field * length / side, length - 1)
    return (first, max(first, min((field + 1) * length / side - 1, length - 1)))
  }

  /// The mean difference, 0…1, from another look after this one is mirrored and turned clockwise.
  func difference(from other: PictureLook, turned turn: QuarterTurn, mirrored: Bool) -> Double {
    let n = Self.side
    var sum = 0.0
    for y in 0..<n {
      for x in 0..<n {
        // The field that comes to stand at (x, y).
        let (u, v) =
          switch turn {
          case .none: (x, y)
          case .right: (y, n - 1 - x)
          case .half: (n - 1 - x, n - 1 - y)
          case .left: (n - 1 - y, x)
          }
        sum += abs(fields[v * n + (mirrored ? n - 1 - u : u)] - other.fields[y * n + x])
      }
    }
    return sum / Double(n * n)
  }
}
