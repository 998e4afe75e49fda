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

  package static let currentFormat = "sheaf.bundle-ledger/1"

  package init(pageCount: Int?, units: [UnitRecord], artifacts: [ArtifactRecord], pins: [PinEntry]) {
    format = Self.currentFormat
    self.pageCount = pageCount
    self.units = units.map(\.bundled)
    self.artifacts = artifacts
    self.pins = pins
  }
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
