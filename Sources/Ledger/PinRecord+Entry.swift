import Checkpoints
import Foundation

extension PinRecord {
  /// What stands in the job's folder of a pin in the ledger.
  package init(_ pin: PinEntry) {
    self.init(
      checkpoint: pin.record, basedOn: pin.basedOn, base: pin.base, author: pin.who,
      created: Date(timeIntervalSince1970: pin.at).formatted(.iso8601), reason: pin.why.isEmpty ? nil : pin.why)
  }
}
