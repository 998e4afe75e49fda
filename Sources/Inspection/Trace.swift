import Checkpoints
import DocumentModel
import StageKit

/// Where something of a job came from, and what was made of it.
package struct Trace: Codable, Sendable, Hashable {
  package let job: JobID
  package let name: String
  /// What was asked for, in words.
  package let query: String
  /// One for each place where what was asked for was found.
  package let matches: [Match]
  /// Places beyond the first ones.
  package let omitted: Int

  package struct Match: Codable, Sendable, Hashable {
    /// The place that was found, where it is one of an export.
    package let place: ExportTrace?
    /// A chunk, a field: what was found, where it is no place of an export.
    package let subject: String?
    /// In the order of the text, or of the page.
    package let words: [WordTrace]
    /// In the order in which the words meet them.
    package let elements: [ElementTrace]
    /// Values of extraction that were read from the words.
    package let values: [ValueTrace]
    /// Places of exports that the words stand at; walking forward only.
    package let exports: [ExportTrace]
    /// How the words' pages were read.
    package let readings: [Reading]
  }

  /// How a page's words came to be.
  package struct Reading: Codable, Sendable, Hashable {
    package let page: Int
    /// `text-layer`, `recognition`, `both`.
    package let source: String
    package let languages: [String]
    /// By name, as in the checkpoint of stage 3.
    package let engines: [String: String]
    /// What a person changed: the stages of this page that are pinned or edited.
    package let edited: Bool
  }
}
