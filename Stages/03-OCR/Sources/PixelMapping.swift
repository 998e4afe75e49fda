import DocumentModel
import Glibc
import Leptonica

/// Maps pixels of the image that the engine sees back to the page: scale, skew and turn undone.
struct PixelMapping {
  let page: PageSize
  /// How far the text stands turned clockwise on the page.
  let turn: QuarterTurn
  /// Degrees by which the upright image was turned clockwise to level its lines.
  let correction: Double
  /// By which the straight image was scaled at last.
  let scale: Double
  /// Pixels of the upright image, before scaling.
  private let width: Double
  private let height: Double
  private let upright: UprightFrame
  private let sine: Double
  private let cosine: Double

  /// - Parameter raster: the page's raster as rendered, before it was turned.
  init(page: PageSize, raster: PixelRect, turn: QuarterTurn, correction: Double, scale: Double) {
    self.page = page
    self.turn = turn
    self.correction = correction
    self.scale = scale
    upright = UprightFrame(page: page, turn: turn)
    let isStanding = turn == .left || turn == .right
    width = Double(isStanding ? raster.height : raster.width)
    height = Double(isStanding ? raster.width : raster.height)
    sine = sin(correction * .pi / 180)
    cosine = cos(correction * .pi / 180)
  }

  /// Points of the upright page per pixel of the engine's image.
  var pointsPerPixel: Double { upright.size.height / height / scale }

  /// A box of the page in points. It is moved and not slanted: a word keeps its shape.
  func box(_ rect: PixelRect) -> BoundingBox {
    let centre = point(x: Double(rect.left) + Double(rect.width) / 2, y: Double(rect.top) + Double(rect.height) / 2)
    let across = Double(rect.width) / scale * upright.size.width / width / 2
    let down = Double(rect.height) / scale * upright.size.height / height / 2
    return upright.onPage(
      BoundingBox(left: centre.x - across, top: centre.y - down, right: centre.x + across, bottom: centre.y + down))
  }

  /// The pixels of the engine's image that show a box of the page.
  func rect(_ box: BoundingBox) -> PixelRect {
    let place = upright.upright(box)
    let dx = place.midX * width / upright.size.width - width / 2
    let dy = place.midY * height / upright.size.height - height / 2
    let x = (width / 2 + dx * cosine - dy * sine) * scale
    let y = (height / 2 + dx * sine + dy * cosine) * scale
    let across = place.width * width / upright.size.width * scale / 2
    let down = place.height * height / upright.size.height * scale / 2
    let (left, top) = (Int((x - across).rounded(.down)), Int((y - down).rounded(.down)))
    return PixelRect(
      left: left, top: top, width: Int((x + across).rounded(.up)) - left, height: Int((y + down).rounded(.up)) - top)
  }

  /// A point of the upright page, in points.
  func point(x: Double, y: Double) -> (x: Double, y: Double) {
    // The rotation took (dx, dy) to (dx cos − dy sin, dx sin + dy cos); this is its inverse.
    let (dx, dy) = (x / scale - width / 2, y / scale - height / 2)
    return (
      (width / 2 + dx * cosine + dy * sine) * upright.size.width / width,
      (height / 2 - dx * sine + dy * cosine) * upright.size.height / height
    )
  }
}
