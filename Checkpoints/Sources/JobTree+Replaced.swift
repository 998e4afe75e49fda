import StageKit

extension JobTree {
  /// The envelope of the checkpoint that a rerun or an edit replaced.
  ///
  /// - Parameter number: as in its name in the history, from 1.
  /// - Returns: nil where there is none, or it cannot be read.
  package func replaced(_ unit: UnitID, number: Int) throws -> CheckpointHeader? {
    guard let place = TreeFile(checkpointOf: unit).historyPath(number), let file = try open(place) else { return nil }
    // People may have changed what lies in the tree: then it tells nothing.
    return try? CheckpointReader.header(of: unit, in: file)
  }
}
