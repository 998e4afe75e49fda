import CanonicalJSON
import StageKit

extension CheckpointReader {
  /// Reads a file of which nobody says what it is.
  ///
  /// - Returns: nil where it is no checkpoint, or its payload is not what its envelope says.
  package init?(discovering bytes: UnsafeRawBufferPointer) {
    // Canonical order puts the content first, so no image has to be read as JSON.
    guard Self.isBeginning(bytes) else { return nil }
    // What cannot be read is no checkpoint: that is the answer, not a failure.
    guard let place = try? Self.placeOfPayload(in: bytes), let header = try? Self.header(bytes, around: place),
      let reader = try? CheckpointReader(bytes, unit: header.unitID)
    else { return nil }
    self = reader
  }

  /// Whether a file that begins so may be a checkpoint.
  static func isBeginning(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: beginning) }

  private static let beginning = Array(#"{"content":"sha256:"#.utf8)
}
