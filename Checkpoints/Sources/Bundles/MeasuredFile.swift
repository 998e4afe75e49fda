import StageKit

/// A file on the disk with what it holds.
package struct MeasuredFile: Sendable, Hashable {
  package let path: String
  package let digest: Digest
  package let length: Int

  /// Reads all of it.
  ///
  /// - Throws: `StageFailure` where it cannot be read; `input_not_found` where there is none.
  package init(_ path: String) throws {
    guard let file = try OpenFile(regular: path) else {
      throw StageFailure(.inputNotFound, "\(path) is not there.", hint: "Check the name.")
    }
    (digest, length) = try file.measure()
    self.path = path
  }
}
