import Checkpoints
import StageKit

/// How far workers are kept from seeing more than one person's documents, or more than one document.
package enum WorkerIsolation: String, Codable, Sendable, Hashable, CaseIterable {
  /// A worker serves the jobs of one owner.
  case owner
  /// A worker serves one document of one owner.
  case document
}

/// Whom a worker serves from its start to its end: what it has read of one can never reach another.
package struct WorkerTenant: Sendable, Hashable {
  package let owner: String
  /// Nil where it may serve all documents of its owner.
  package let document: Digest?

  package init(owner: String, document: Digest, _ isolation: WorkerIsolation) {
    self.owner = owner
    self.document = isolation == .document ? document : nil
  }
}
