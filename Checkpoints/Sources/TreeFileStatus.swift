/// What stands at a place of a job's tree.
package enum TreeFileStatus: Sendable, Hashable {
  case missing
  /// The object that should stand there.
  case current
  /// An object that the ledger knows, but not the one that should stand there.
  case stale
  /// A person's: no object that the ledger knows.
  case strange
}
