/// What a unit's stage is run over.
package enum UnitSubject: Sendable, Hashable {
  case document
  /// Pages count from 1.
  case page(Int)
  /// One export format, by its name on the command line.
  case format(String)
}
