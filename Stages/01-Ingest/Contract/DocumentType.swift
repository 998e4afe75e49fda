/// What a document's bytes are, by content.
package enum DocumentType: String, Codable, Sendable, Hashable, CaseIterable {
  case pdf, png, jpeg, tiff, webp, bmp

  package var mediaType: String { self == .pdf ? "application/pdf" : "image/\(rawValue)" }
}
