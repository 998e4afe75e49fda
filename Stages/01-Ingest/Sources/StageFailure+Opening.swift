import Poppler
import StageKit

extension StageFailure {
  /// Why a PDF could not be opened, for people.
  init(opening failure: PopplerFailure) {
    switch failure {
    case .empty: self.init(.emptyFile, "The file has no bytes.", hint: "Check that it was sent completely.")
    case .passwordRequired:
      self.init(.passwordRequired, "The document is encrypted.", hint: "Give its password.")
    case .passwordWrong:
      self.init(.passwordWrong, "The password does not open the document.", hint: "Check it and give it again.")
    case .unreadable(let detail): self.init(.inputOutput, "The document cannot be read: \(detail).", retryable: true)
    case .notPDF:
      self.init(
        .unsupportedType, "The file is no PDF, though parts of it look like one.",
        hint: "Send a PDF, or a PNG, JPEG, TIFF, WebP or BMP image.")
    case .noPages:
      self.init(.damaged, "The document has no pages.", hint: "Save it again with the program it came from.")
    default:
      self.init(
        .damaged, "The PDF is damaged beyond repair.", hint: "Save it again with the program it came from.")
    }
  }
}
