import StageKit

/// What a job may ask of the regions stage.
package struct RegionsOptions: StageOptions {
  /// Whether running headers, footers and page numbers are told from the text.
  package var furniture = true

  package init() {}

  package static var descriptors: [OptionDescriptor] {
    [.flag("furniture", true, "Whether running headers, footers and page numbers are told from the text.")]
  }
}
