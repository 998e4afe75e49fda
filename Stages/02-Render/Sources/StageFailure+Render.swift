import Leptonica
import Poppler
import StageKit

extension StageFailure {
  /// Why a page of a PDF could not be drawn or read, for people.
  init(_ failure: PopplerFailure, page: Int) {
    switch failure {
    case .passwordRequired:
      self.init(.passwordRequired, "The document is encrypted.", hint: "Give its password.")
    case .passwordWrong:
      self.init(.passwordWrong, "The password does not open the document.", hint: "Check it and give it again.")
    case .unreadable(let detail): self.init(.inputOutput, "The document cannot be read: \(detail).", retryable: true)
    case .pageUnreadable, .noImage:
      self.init(
        .pageUnreadable, "The page cannot be read.", page: page, hint: "Save it again with the program it came from.")
    case .tooManyPixels:
      self.init(
        .pageTooLarge, "The page is too large to be drawn.", page: page, hint: "Lower render.dpi and render.lineDpi.")
    case .outOfMemory:
      self.init(.outOfMemory, "The page needs more memory to be drawn than it may use.", page: page)
    case .renderFailed: self.init(.engineFailed, "The page cannot be drawn: \(failure).", page: page)
    case .empty, .notPDF, .damaged, .noPages:
      self.init(.damaged, "The document cannot be opened: \(failure).", page: page)
    }
  }

  /// Why an image could not be decoded, for people.
  init(_ failure: RasterFailure, page: Int) {
    switch failure {
    case .inputOutput(let code):
      self.init(.inputOutput, "The page's raster could not be written (errno \(code)).", page: page, retryable: true)
    case .tooManyPixels:
      self.init(.imageTooLarge, "The image has more pixels than allowed.", page: page, hint: "Scale it down.")
    case .operation: self.init(.engineFailed, "The page's pixels cannot be worked on: \(failure).", page: page)
    default:
      self.init(
        .damaged, "The image cannot be read: \(failure).", page: page,
        hint: "Save it again with the program it came from.")
    }
  }
}
