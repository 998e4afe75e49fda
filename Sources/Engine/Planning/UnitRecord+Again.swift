import Ledger
import StageKit

extension UnitRecord {
  /// The row of a unit that is to run once more; what it died of before counts no longer.
  func toRun(_ again: RunAgain) -> UnitRecord {
    var row = self
    row.again = again
    row.counted = 0
    row.countedKey = nil
    return row
  }

  /// Whether another try may come to more: it was given up, or may have left out pages that it died on.
  var mayLackSomething: Bool { state == .gap || state == .failed || unit.page == nil }
}
