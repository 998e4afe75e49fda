import StageKit

/// What a job may ask of the render stage.
package struct RenderOptions: StageOptions {
  /// Dots per inch of pages that are to be recognised; scans keep their own.
  package var dpi = 216
  /// Dots per inch of pages whose text layer is trusted: enough for ruling lines and drawings.
  package var lineDpi = 108
  /// Dots per inch of the preview, roughly: the page's raster is reduced by a whole number.
  package var previewDpi = 96
  package var previewQuality = 75

  package init() {}

  package static let descriptors: [OptionDescriptor] = [
    .integer("dpi", 216, 100...600, "Dots per inch of pages that are to be recognised; scans keep their own."),
    .integer("lineDpi", 108, 72...300, "Dots per inch of pages whose text layer is trusted."),
    .integer("previewDpi", 96, 36...300, "Dots per inch of the preview, or somewhat more."),
    .integer("previewQuality", 75, 1...100, "Quality of the preview's JPEG file."),
  ]
}
