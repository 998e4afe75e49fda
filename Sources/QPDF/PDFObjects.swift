/// A document's objects, where qpdf can make sense of it: it is stricter than Poppler, so whoever asks must do without.
package final class PDFObjects {
  /// Nil where qpdf cannot read the document.
  package let reader: PDFReader?

  /// - Parameter descriptor: of the document's file; stays the caller's.
  package init(descriptor: Int32, password: String?) {
    // What qpdf cannot read, Poppler draws without being asked what it is made of.
    reader = try? PDFReader(descriptor: descriptor, password: password)
  }

  /// What a page is made of, counted from 1; nil where qpdf cannot tell.
  package func makeup(ofPage number: Int) -> PageMakeup? {
    // As with the document: a page that makes no sense to qpdf may to Poppler.
    try? reader?.look(atPage: number)
  }
}
