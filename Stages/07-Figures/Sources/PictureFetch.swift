import Contracts
import DocumentModel
import Foundation
import Leptonica
import QPDF

/// Fetches a picture the way a reader sees it.
struct PictureFetch {
  /// A picture before it is a file.
  enum Picture {
    /// The page shows the file just as it is stored.
    case stored(StoredJPEG)
    case pixels(RasterImage)
  }

  private let source: any PictureSource
  private let photographs: [Photograph]
  private let rendered: ImagePictures
  private let resolution: Double

  /// - Parameters:
  ///   - rendered: the page as rendered in stage 2: what an embedded image is compared with.
  ///   - resolution: dots per inch of what is cut from the page.
  init(source: any PictureSource, rendered: ImagePictures, resolution: Double) {
    self.source = source
    photographs = source.photographs()
    self.rendered = rendered
    self.resolution = resolution
  }

  private static let alike = 0.08  // of full contrast: more, and the page shows the image clipped, masked or covered
  private static let upright = 0.02  // of full contrast: by this much a less likely posture must fit better
  private static let square = 0.05  // of the logarithm of the proportions: nearly square images may lie either way
  private static let postures: [(QuarterTurn, Bool)] = [
    (.none, false), (.half, false), (.right, false), (.left, false), (.none, true), (.half, true), (.right, true),
    (.left, true),
  ]

  func picture(of found: FigureFinder.Found) throws -> Picture {
    if let image = found.embedded {
      let shown = try PictureLook(rendered.crop(found.box, resolution: resolution))
      if let file = photograph(in: found.box, shown) { return .stored(file) }
      // An undecodable image is cut from the page instead.
      if let native = try? source.embedded(image.number), let turned = try asShown(native, in: found.box, shown) {
        return .pixels(turned)
      }
    }
    let wanted = max(resolution, min(found.resolution ?? resolution, 600))
    return .pixels(try source.crop(found.box, resolution: wanted))
  }

  /// The one photograph that stands there just as it is stored; nil where none does, or another looks much the same.
  private func photograph(in box: BoundingBox, _ shown: PictureLook) -> StoredJPEG? {
    let fitting = photographs.map {
      (photograph: $0, fit: Self.fit($0.look, width: $0.image.width, height: $0.image.height, in: box, shown))
    }.sorted { $0.fit.difference < $1.fit.difference }
    guard let best = fitting.first, best.fit.difference <= Self.alike, best.fit.turn == .none, !best.fit.isMirrored,
      fitting.count == 1 || fitting[1].fit.difference - best.fit.difference > Self.upright
    else { return nil }
    return source.file(of: best.photograph)
  }

  /// The stored image turned and mirrored as the page shows it; nil where it does not look like the page there.
  private func asShown(_ image: RasterImage, in box: BoundingBox, _ shown: PictureLook) throws -> RasterImage? {
    let best = Self.fit(try PictureLook(image), width: image.width, height: image.height, in: box, shown)
    guard best.difference <= Self.alike else { return nil }
    let faced = best.isMirrored ? try image.mirrored() : image
    return try faced.turned(best.turn)
  }

  /// A posture, and how much an image in it differs from what is shown.
  private typealias Fit = (difference: Double, turn: QuarterTurn, isMirrored: Bool)

  /// The posture in which a stored image looks most like what the page shows.
  private static func fit(
    _ stored: PictureLook, width: Int, height: Int, in box: BoundingBox, _ shown: PictureLook
  ) -> Fit {
    let proportion = Double(width) / Double(height) / max(box.width / max(box.height, 0.1), 0.001)
    let sideways = Double(height) / Double(width) / max(box.width / max(box.height, 0.1), 0.001)
    var best: Fit = (.infinity, .none, false)
    // The likelier first: a later one must fit visibly better.
    for (turn, isMirrored) in postures {
      let stretch = turn == .none || turn == .half ? proportion : sideways
      let other = turn == .none || turn == .half ? sideways : proportion
      guard abs(log(stretch)) <= abs(log(other)) + square else { continue }
      let difference = stored.difference(from: shown, turned: turn, mirrored: isMirrored)
      if difference < best.difference - upright { best = (difference, turn, isMirrored) }
    }
    return best
  }
}
