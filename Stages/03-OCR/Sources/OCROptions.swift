import StageKit

/// What a job may ask of the recognition stage.
package struct OCROptions: StageOptions {
  package enum Mode: String, Codable, Sendable, Hashable, CaseIterable {
    /// The text layer where it can be trusted, recognition where it cannot.
    case auto
    /// Recognition of every page, whatever text layer it has.
    case always
    /// The text layer alone.
    case never
  }

  package enum Segmentation: String, Codable, Sendable, Hashable, CaseIterable {
    case auto, column, block, line, sparse
  }

  package enum Turn: String, Codable, Sendable, Hashable, CaseIterable {
    case auto
    case none = "0"
    case right = "90"
    case half = "180"
    case left = "270"
  }

  package enum Cleaning: String, Codable, Sendable, Hashable, CaseIterable { case auto, always, never }

  package var languages = ["auto"]
  package var mode = Mode.auto
  package var segmentation = Segmentation.auto
  package var turn = Turn.auto
  package var straighten = true
  package var cleaning = Cleaning.auto
  package var minimumConfidence = 0.0

  package init() {}

  package static var descriptors: [OptionDescriptor] {
    [
      .list(
        "languages", ["auto"],
        "Languages to recognise by Tesseract's names, such as eng+deu; auto picks among the installed ones."),
      .choice("mode", Mode.auto, "Recognise where the text layer cannot be trusted, always, or never."),
      .choice(
        "segmentation", Segmentation.auto,
        "What a page's text is taken for: found out, or one column, block, line, or scattered words."),
      .choice("turn", Turn.auto, "How far scanned text stands turned clockwise, in degrees; auto finds out."),
      .flag("straighten", true, "Whether skewed scans are straightened before recognition."),
      .choice("cleaning", Cleaning.auto, "Whether uneven light and specks are removed before recognition."),
      .number("minimumConfidence", 0, 0...1, "Recognised words below this confidence are left out."),
    ]
  }
}
