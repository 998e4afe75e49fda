import CanonicalJSON
import StageKit

/// The options of the HTML export.
package struct HTMLOptions: StageOptions {
  var name = "document"
  var figures = FigureDisplay.link
  var figureText = false
  var pageBreaks = PageBreaks.none

  package init() {}

  package static let descriptors: [OptionDescriptor] = [
    ExportDescriptor.name, FigureDisplay.descriptor, ExportDescriptor.figureText, PageBreaks.descriptor,
  ]
}
