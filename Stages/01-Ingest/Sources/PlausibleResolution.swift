import Leptonica

/// An image's dots per inch: its own where they make a page of it, else those that make one of it best.
///
/// Cameras and screens write 72 or 96 whatever was photographed, and a sheet of 34 × 48 inches would have letters of
/// half an inch, which no recognition expects.
struct PlausibleResolution {
  let horizontal: Double
  let vertical: Double

  private static let trusted = 30.0...2_500.0  // dots per inch: from rough fax to film
  private static let distorted = 2.5  // ratio of the two: fax is 2.08
  private static let paper = 2.0...24.0  // inches of the longer side: from a receipt to A2
  private static let sheet = 11.69  // inches: the longer side of A4
  private static let usual = [72.0, 96, 100, 150, 200, 300, 400, 600]  // dots per inch

  init(of header: ImageHeader) {
    let (width, height) = (Double(header.uprightWidth), Double(header.uprightHeight))
    if let own = header.resolution, Self.trusted.contains(own.horizontal), Self.trusted.contains(own.vertical),
      max(own.horizontal, own.vertical) <= Self.distorted * min(own.horizontal, own.vertical),
      Self.paper.contains(max(width / own.horizontal, height / own.vertical))
    {
      (horizontal, vertical) = (own.horizontal, own.vertical)
      return
    }
    let longer = max(width, height)
    // How far from a sheet, by ratio; the first of two that are equally far.
    func distance(_ resolution: Double) -> Double {
      let inches = longer / resolution
      return max(inches, Self.sheet) / min(inches, Self.sheet)
    }
    let best = Self.usual.min { distance($0) < distance($1) } ?? 300
    (horizontal, vertical) = (best, best)
  }
}
