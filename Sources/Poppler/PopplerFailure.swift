/// Why a PDF could not be opened or one of its pages not be read. Pages count from 1.
package enum PopplerFailure: Error, Hashable, CustomStringConvertible {
  /// The file has no byte.
  case empty
  /// No `%PDF-` near the start, and Poppler finds no document in it either.
  case notPDF
  /// It wants a password and none was given.
  case passwordRequired
  /// It wants a password, and the one given is not it.
  case passwordWrong
  /// A PDF that even Poppler's repair cannot read.
  case damaged(detail: String)
  /// It opens, but has no page.
  case noPages
  /// The descriptor cannot be read.
  case unreadable(detail: String)
  /// The page tree names this page, but there is none.
  case pageUnreadable(Int)
  /// The raster asked for would be larger than allowed.
  case tooManyPixels(page: Int, width: Int, height: Int, limit: Int)
  /// Drawing the page took all the memory that there is.
  case outOfMemory(page: Int)
  /// cairo could not draw the page.
  case renderFailed(page: Int, detail: String)
  /// The page has no image of that number, or it cannot be decoded.
  case noImage(page: Int, id: Int)

  package var description: String {
    switch self {
    case .empty: "the file is empty"
    case .notPDF: "not a PDF: no %PDF- header and no objects"
    case .passwordRequired: "the PDF is encrypted; give its password"
    case .passwordWrong: "the PDF is encrypted, and the password given is wrong"
    case .damaged(let detail): "the PDF is damaged beyond repair: \(detail)"
    case .noPages: "the PDF has no pages"
    case .unreadable(let detail): "the file cannot be read: \(detail)"
    case .pageUnreadable(let page): "page \(page) cannot be read; the page tree is broken there"
    case .tooManyPixels(let page, let width, let height, let limit):
      "page \(page) would be \(width) × \(height) pixels, over the limit of \(limit); lower the resolution"
    case .outOfMemory(let page): "page \(page) needs more memory to be drawn than there is"
    case .renderFailed(let page, let detail): "page \(page) cannot be drawn: \(detail)"
    case .noImage(let page, let id): "page \(page) has no readable image \(id)"
    }
  }
}
