import CanonicalJSON
import StageKit

/// The options of the Markdown export.
package struct MarkdownOptions: StageOptions {
  var name = "document"
  var figures = FigureDisplay.link
  var figureText = false
  var tables = TableDisplay.auto
  var pageBreaks = PageBreaks.none

  package init() {}

  package static let descriptors: [OptionDescriptor] = [
    ExportDescriptor.name, FigureDisplay.descriptor, ExportDescriptor.figureText, TableDisplay.descriptor,
    PageBreaks.descriptor,
  ]
}
