import Poppler

/// From drawing to open page in one step.
enum PopplerDocumentMaker {
  static func page(_ pdf: CairoPDF) throws -> PopplerPage { try PopplerDocument.open(pdf.finish()).page(1) }
}
