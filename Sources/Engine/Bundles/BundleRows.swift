import Checkpoints
import Ledger
import StageKit

/// What the ledger knows of a bundled job, without what belongs to the machine: attempts, events, leases.
package struct BundleRows: Codable, Sendable, Hashable {
  package let format: String
  /// Pages of the document; nil where ingest has not found them.
  package let pageCount: Int?
  /// By stage, then subject.
  package let units: [UnitRecord]
  /// What stands under the units' keys, in the order of the units.
  package let artifacts: [ArtifactRecord]
  package let pins: [PinEntry]
  /// What was replaced, by stage, subject and number; empty where it was left out.
  package let history: [HistoryEntry]

  package static let currentFormat = "sheaf.bundle-ledger/1"
  /// Versions of a unit that a bundle may tell of: more than anybody makes, and far from where counting ends.
  static let mostReplaced = 1_000_000_000

  package init(
    pageCount: Int?, units: [UnitRecord], artifacts: [ArtifactRecord], pins: [PinEntry] = [],
    history: [HistoryEntry] = []
  ) {
    format = Self.currentFormat
    self.pageCount = pageCount
    self.units = units.map(\.bundled)
    self.artifacts = artifacts
    self.pins = pins
    self.history = history
  }

  /// Every file that results, pins and replaced versions are made of; some may stand there twice. What pins are based on
  /// is not among them, since the rows do not tell its length.
  var files: [FileRecord] { artifacts.flatMap(\.allFiles) + keptFiles }

  /// Those of pins and replaced versions.
  var keptFiles: [FileRecord] { (pins.map(\.record) + history.map(\.record)).flatMap { [$0.file] + $0.files } }
}

extension UnitRecord {
  /// The row as it is on every machine: nobody has tried the unit there yet.
  fileprivate var bundled: UnitRecord {
    let isOpen = state == .ready || state == .running
    return UnitRecord(
      unit: unit, state: isOpen ? .waiting : state, key: key, content: content, gap: gap, failure: failure,
      history: history, reused: state == .done)
  }
}
