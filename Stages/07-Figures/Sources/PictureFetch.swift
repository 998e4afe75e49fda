import Contracts
import DocumentModel
import Foundation
import Leptonica

/// Fetches a picture's pixels the way a reader sees it.
struct PictureFetch {
  let source: any PictureSource
  /// The page as rendered in stage 2: what an embedded image is compared with.
  let rendered: ImagePictures
  /// Dots per inch of what is cut from the page.
  let resolution: Double

  private static let alike = 0.08  // of full contrast: more, and the page shows the image clipped, masked or covered
  private static let upright = 0.02  // of full contrast: by this much a less likely posture must fit better
  private static let square = 0.05  // of the logarithm of the proportions: nearly square images may lie either way
  private static let postures: [(QuarterTurn, Bool)] = [
    (.none, false), (.half, false), (.right, false), (.left, false), (.none, true), (.half, true), (.right, true),
    (.left, true),
  ]

  func pixels(of found: FigureFinder.Found) throws -> RasterImage {
    // An undecodable image is cut from the page instead.
    if let image = found.embedded, let native = try? source.embedded(image.number),
      let turned = try asShown(native, box: found.box)
    {
      return turned
    }
    let wanted = max(resolution, min(found.resolution ?? resolution, 600))
    return try source.crop(found.box, resolution: wanted)
  }

  /// The stored image turned and mirrored as the page shows it; nil where it does not look like the page there.
  private func asShown(_ image: RasterImage, box: BoundingBox) throws -> RasterImage? {
    let shown = try PictureLook(rendered.crop(box, resolution: resolution))
    let stored = try PictureLook(image)
    let proportion = Double(image.width) / Double(image.height) / max(box.width / max(box.height, 0.1), 0.001)
    let sideways = Double(image.height) / Double(image.width) / max(box.width / max(box.height, 0.1), 0.001)
    var best = (difference: Double.infinity, turn: QuarterTurn.none, mirrored: false)
    // The likelier first: a later one must fit visibly better.
    for (turn, mirrored) in Self.postures {
      let stretch = turn == .none || turn == .half ? proportion : sideways
      let other = turn == .none || turn == .half ? sideways : proportion
      guard abs(log(stretch)) <= abs(log(other)) + Self.square else { continue }
      let difference = stored.difference(from: shown, turned: turn, mirrored: mirrored)
      if difference < best.difference - Self.upright { best = (difference, turn, mirrored) }
    }
    guard best.difference <= Self.alike else { return nil }
    let faced = best.mirrored ? try image.mirrored() : image
    return try faced.turned(best.turn)
  }
}
