import DocumentModel
import Testing

@Suite("Quantities")
struct QuantityTests {
  @Test(
    "coordinates have two decimals and an end",
    arguments: [
      (1.006, 1.01), (-0.001, 0), (.nan, 0), (1e20, 10_000_000), (-1e300, -10_000_000), (.infinity, 0),
    ])
  func coordinates(value: Double, stored: Double) {
    #expect(Quantity.coordinate(value) == stored)
  }
}
