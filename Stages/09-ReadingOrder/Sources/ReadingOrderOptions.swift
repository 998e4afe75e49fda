import CanonicalJSON
import StageKit

/// The options of reading order.
package struct ReadingOrderOptions: StageOptions {
  /// Whether paragraphs that go on in the next column or page are joined.
  package var joinParagraphs = true
  /// Whether tables that go on over the page are joined.
  package var joinTables = true

  package init() {}

  package static var descriptors: [OptionDescriptor] {
    [
      .flag("joinParagraphs", true, "Join paragraphs that go on in the next column or on the next page."),
      .flag("joinTables", true, "Join tables that go on over the page."),
    ]
  }
}
