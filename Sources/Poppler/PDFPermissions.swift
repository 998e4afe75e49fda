/// What the document's author allows; readers are asked to obey, nothing enforces it.
package struct PDFPermissions: OptionSet, Sendable, Hashable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let print = PDFPermissions(rawValue: 1)
  package static let modify = PDFPermissions(rawValue: 2)
  package static let copy = PDFPermissions(rawValue: 4)
  package static let addNotes = PDFPermissions(rawValue: 8)
  package static let fillForms = PDFPermissions(rawValue: 16)
  package static let extractContents = PDFPermissions(rawValue: 32)
  package static let assemble = PDFPermissions(rawValue: 64)
  package static let printHighResolution = PDFPermissions(rawValue: 128)
  package static let all = PDFPermissions(rawValue: 255)
}
