import CanonicalJSON
import StageKit

/// The options of sections.
package struct SectionsOptions: StageOptions {
  /// Whether the document's bookmarks decide levels where they match headings.
  package var useOutline = true

  package init() {}

  package static var descriptors: [OptionDescriptor] {
    [.flag("useOutline", true, "Let the document's bookmarks decide the levels of the headings they name.")]
  }
}
