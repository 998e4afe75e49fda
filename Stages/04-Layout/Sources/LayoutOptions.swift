import StageKit

/// What a job may ask of the layout stage.
package struct LayoutOptions: StageOptions {
  package enum Columns: String, Codable, Sendable, Hashable, CaseIterable {
    /// Columns are found where the page has them.
    case auto
    /// The page is read straight across, whatever gaps it has.
    case single
  }

  package var columns: Columns = .auto

  package init() {}

  package static var descriptors: [OptionDescriptor] {
    [.choice("columns", Columns.auto, "Whether columns are looked for or the page is read straight across.")]
  }
}
