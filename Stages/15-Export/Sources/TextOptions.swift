import CanonicalJSON
import StageKit

/// The options of the text export.
package struct TextOptions: StageOptions {
  var figureText = false
  var pageBreaks = PageBreaks.none

  package init() {}

  package static let descriptors: [OptionDescriptor] = [ExportDescriptor.figureText, PageBreaks.descriptor]
}
