import DocumentModel
import Leptonica

/// Marks on the page that are as large as letters, and which of them no word of the text layer covers.
struct LoneLetters {
  private var covered: [(x: Double, y: Double)] = []
  private var lone: [(x: Double, y: Double)] = []

  private static let heights = 2.5...24.0  // points: from the x-height of a footnote to a heading
  private static let widths = 0.8...36.0  // points: two or three letters may touch
  private static let ink = 140  // grey: darker is a letter on a scan or in a picture of text
  private static let leastLetters = 150  // some lines of text: less is a label in a figure
  private static let leastOnScan = 40  // where the image is the page
  private static let scan = 0.85  // of the page
  private static let mostlyLone = 0.5  // of the letters in an image
  private static let most = 60_000  // marks: a page of noise holds more, and tells nothing

  init(in grey: RasterImage, resolution: Double, words: [BoundingBox]) throws {
    let scale = resolution / 72
    let marks = try grey.thresholded(at: Self.ink).componentBoxes()
    guard marks.count <= Self.most else { return }
    let cover = WordCover(words)
    for mark in marks {
      let (width, height) = (Double(mark.width) / scale, Double(mark.height) / scale)
      guard Self.heights.contains(height), Self.widths.contains(width) else { continue }
      let place = (x: Double(mark.left) / scale + width / 2, y: Double(mark.top) / scale + height / 2)
      if cover.holds(x: place.x, y: place.y) { covered.append(place) } else { lone.append(place) }
    }
  }

  /// How many marks as large as letters stand in rows, and under no word.
  static func inRows(of grey: RasterImage, resolution: Double, words: [BoundingBox]) throws -> Int {
    let scale = resolution / 72
    let cover = WordCover(words)
    let marks = try grey.thresholded(at: ink).componentBoxes().filter { mark in
      let (width, height) = (Double(mark.width) / scale, Double(mark.height) / scale)
      return heights.contains(height) && widths.contains(width)
        && !cover.holds(x: Double(mark.left) / scale + width / 2, y: Double(mark.top) / scale + height / 2)
    }
    return PixelRect.inRows(marks).count
  }

  /// Whether an image holds text that was never typed.
  func areText(in box: BoundingBox, of page: PageSize) -> Bool {
    let free = lone.count { box.contains(x: $0.x, y: $0.y) }
    let isPage = box.area >= Self.scan * page.bounds.area
    guard free >= (isPage ? Self.leastOnScan : Self.leastLetters) else { return false }
    let typed = covered.count { box.contains(x: $0.x, y: $0.y) }
    return Double(free) > Self.mostlyLone * Double(free + typed)
  }
}

/// Asks quickly whether a point lies in a word: words by bands of the page.
private struct WordCover {
  private static let band = 24.0  // points
  private static let bands = 1_000  // of pages up to 24,000 points
  private static let margin = 1.5  // points: boxes of text layers are rough
  private var words: [Int: [BoundingBox]] = [:]

  init(_ boxes: [BoundingBox]) {
    for box in boxes {
      let grown = box.insetBy(-Self.margin)
      for band in Self.number(grown.top)...Self.number(grown.bottom) { words[band, default: []].append(grown) }
    }
  }

  func holds(x: Double, y: Double) -> Bool { words[Self.number(y)]?.contains { $0.contains(x: x, y: y) } ?? false }

  private static func number(_ y: Double) -> Int { Int(min(max(y / band, 0), Double(bands))) }
}
