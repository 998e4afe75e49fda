/// The two roundings of the house: what is stored is what is compared.
///
/// Values are rounded when they enter a model type, not when they are written, so an artifact in memory and the same
/// artifact read back from its checkpoint are equal.
package enum Quantity {
  /// A coordinate or length in points, to 2 decimals, half away from zero; within `coordinates`.
  package static func coordinate(_ value: Double) -> Double {
    // A native library's NaN or infinity has no place in canonical JSON; zero is its only honest position.
    guard value.isFinite else { return 0 }
    return rounded(min(max(value, coordinates.lowerBound), coordinates.upperBound), scale: 100)
  }

  /// Points: three kilometres of paper. Beyond them nothing is printed, and arithmetic in whole numbers would overflow.
  package static let coordinates = -10_000_000.0...10_000_000.0

  /// A score between 0 and 1, to 4 decimals, half away from zero.
  package static func score(_ value: Double) -> Double {
    value.isNaN ? 0 : rounded(min(max(value, 0), 1), scale: 10_000)
  }

  private static func rounded(_ value: Double, scale: Double) -> Double {
    (value * scale).rounded(.toNearestOrAwayFromZero) / scale + 0  // + 0 turns −0 into 0
  }
}
