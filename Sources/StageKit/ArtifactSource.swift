/// Where a running stage gets what it needs: in a worker by asking the engine for open descriptors, in a test from memory.
///
/// Used from one thread.
package protocol ArtifactSource: AnyObject {
  /// The pages of the job, ascending.
  var pages: [Int] { get }

  /// The gap that stands in for a unit, or nil where its checkpoint is there.
  func gap(of unit: UnitID) throws -> GapCode?

  /// Reads and verifies a checkpoint's payload.
  ///
  /// - Throws: `StageFailure` with `checkpoint_corrupt` where its bytes are not what was recorded.
  func payload<Output: StageOutput>(of unit: UnitID, as type: Output.Type) throws -> Output

  /// Opens a file that belongs to a checkpoint.
  func file(_ name: String, of unit: UnitID) throws -> InputFile

  /// Opens the document as received.
  func document() throws -> InputFile
}
