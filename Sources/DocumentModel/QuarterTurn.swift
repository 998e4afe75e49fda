/// A clockwise turn by a multiple of 90 degrees, written as 0, 90, 180 or 270.
package enum QuarterTurn: Int, Codable, Sendable, Hashable, CaseIterable {
  case none = 0
  case right = 90
  case half = 180
  case left = 270

  /// The turn that undoes this one.
  package var inverse: QuarterTurn { QuarterTurn(degrees: 360 - rawValue) }

  /// Any whole multiple of 90, negative ones too; other angles go to the nearest.
  package init(degrees: Int) {
    let quarters = Int((Double(degrees) / 90).rounded())
    self = [.none, .right, .half, .left][((quarters % 4) + 4) % 4]
  }
}
