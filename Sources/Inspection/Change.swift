import DocumentModel
import StageKit

/// One thing in which two states of a checkpoint differ.
package struct Change: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    case changed, added, removed
    /// The same text elsewhere on the page.
    case moved
    /// The same text or place, taken for something else.
    case retyped
    /// The same thing at another place of the order.
    case reordered
    /// The same in all but how sure the engine is.
    case rescored
  }

  package enum Subject: String, Codable, Sendable, Hashable, CaseIterable {
    case word, line, region, table, cell, figure, element, entry, heading, field, pair, entity, chunk, value
    case lineItem = "line-item"
  }

  /// One side of it.
  package struct State: Codable, Sendable, Hashable {
    /// Its place in its list, from 0.
    package let index: Int?
    package let text: String?
    package let kind: String?
    package let box: BoundingBox?
    package let confidence: Score?

    package init(
      index: Int? = nil, text: String? = nil, kind: String? = nil, box: BoundingBox? = nil, confidence: Score? = nil
    ) {
      self.index = index
      self.text = text
      self.kind = kind
      self.box = box
      self.confidence = confidence
    }
  }

  package let kind: Kind
  package let subject: Subject
  /// Which it is, where its index does not say: `table 1, row 2, column 3`, a field's name, a path in the payload.
  package let place: String?
  /// Nil where it is new.
  package let old: State?
  /// Nil where it is gone.
  package let new: State?
  /// How far its centre moved, in points.
  package let distance: Double?

  package init(
    _ kind: Kind, _ subject: Subject, place: String? = nil, old: State?, new: State?, distance: Double? = nil
  ) {
    self.kind = kind
    self.subject = subject
    self.place = place
    self.old = old
    self.new = new
    self.distance = distance
  }
}
