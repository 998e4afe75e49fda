import StageKit

/// The options of the figures stage.
package struct FiguresOptions: StageOptions {
  /// Whether pictures are written as files; without, they are only told.
  package var extract = true
  /// Dots per inch of drawings and of pictures that must be cut from the page.
  package var resolution = 200
  package var quality = 90

  package init() {}

  package static let descriptors: [OptionDescriptor] = [
    .flag("extract", true, "Whether pictures are written as files; without, they are only told."),
    .integer("resolution", 200, 72...600, "Dots per inch of drawings and of pictures cut from the page."),
    .integer("quality", 90, 1...100, "Quality of the JPEG files that have to be encoded."),
  ]
}
