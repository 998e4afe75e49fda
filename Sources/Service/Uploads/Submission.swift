import CanonicalJSON
import Checkpoints
import StageKit

/// What a client wants of a document, before the engine has looked at it.
package struct Submission: Sendable {
  /// What people call the document.
  package var name = ""
  package var wishes = SubmissionWishes()
  /// Kept in memory only.
  package var password: String?
  /// Whoever is to be told when the job comes to rest; as the client wrote it.
  package var webhook: JSONValue?

  package init() {}
}
