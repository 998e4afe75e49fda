import DocumentModel

/// A part of the page that may be a table; stage 6 decides.
struct TableArea: Sendable {
  let box: BoundingBox
  let confidence: Score
}
