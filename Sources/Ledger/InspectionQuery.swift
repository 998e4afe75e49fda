/// The statements of those who look through a whole ledger, step by step: checking, collecting, rebuilding.
enum InspectionQuery: LedgerQuery {
  case jobs, documents, artifacts, idleArtifacts
  case keysOfObject, unitsOfKey, jobsOfSource, keysOfCheckpoint
  case pinsOfObject, historyOfObject, keptFilesOfObject, basesOfObject, removeHistory
  case attempts
  case replaceManifest
  case addLostDocuments, closeAttempts, removeUnitsOfNoJob, removeAttemptsOfNoJob, removeEventsOfNoJob,
    removePinsOfNoJob
  case removeHistoryOfNoJob, removeKeptFilesOfNoJob
  case removeDeliveryAttemptsOfNoJob, removeDeliveriesOfNoJob, removeWebhooksOfNoJob
  case removeIdleDocuments, raiseFence
  case setDocumentLength
  case setLengthOfCheckpoint, setLengthOfPart, setLengthOfFile, setLengthOfPin, setLengthOfVersion, setLengthOfKeptFile

  /// Everywhere that an object's length stands.
  static let objectLengths: [InspectionQuery] = [
    .setLengthOfCheckpoint, .setLengthOfPart, .setLengthOfFile, .setLengthOfPin, .setLengthOfVersion,
    .setLengthOfKeptFile,
  ]

  var sql: String {
    switch self {
    case .jobs: JobQuery.record + "WHERE jobs.id > ? ORDER BY jobs.id LIMIT ?"
    case .documents: "SELECT digest, length FROM documents WHERE digest > ? ORDER BY digest LIMIT ?"
    case .artifacts: "SELECT id, key FROM artifacts WHERE id > ? ORDER BY id LIMIT ?"
    case .idleArtifacts:
      """
      SELECT id, key FROM artifacts
      WHERE id > ? AND NOT EXISTS (SELECT 1 FROM units WHERE units.key = artifacts.key) ORDER BY id LIMIT ?
      """
    case .keysOfObject:
      """
      SELECT key FROM artifacts WHERE file = ?1
      UNION SELECT key FROM artifact_parts JOIN artifacts ON id = artifact WHERE artifact_parts.file = ?1
      UNION SELECT key FROM artifact_files JOIN artifacts ON id = artifact WHERE artifact_files.file = ?1
      """
    case .unitsOfKey: "SELECT job, unit FROM units WHERE key = ? ORDER BY job, unit"
    case .jobsOfSource: "SELECT id FROM jobs WHERE source = ? AND deleted = 0 ORDER BY id"
    case .pinsOfObject: "SELECT job, unit, 0 FROM pins WHERE object = ? ORDER BY job, unit"
    case .historyOfObject: "SELECT job, unit, number FROM history WHERE object = ? ORDER BY job, unit, number"
    case .keptFilesOfObject: "SELECT job, unit, number FROM kept_files WHERE file = ? ORDER BY job, unit, number"
    case .basesOfObject: "SELECT job, unit FROM pins WHERE base = ? ORDER BY job, unit"
    case .removeHistory: "DELETE FROM history WHERE job = ? AND unit = ? AND number = ?"
    case .keysOfCheckpoint: "SELECT key FROM artifacts WHERE file = ? ORDER BY key"
    case .attempts: "SELECT fence, key FROM attempts WHERE job = ? AND fence > ? ORDER BY fence LIMIT ?"
    case .replaceManifest:
      "UPDATE jobs SET name = ?2, settings = ?3, state = ?4, failure = ?5, owner = ?6, created_text = ?7 WHERE id = ?1"
    // The rest mends what was saved from a damaged file; each of them looks at every row once.
    case .addLostDocuments:
      """
      INSERT INTO documents (digest, length)
      SELECT DISTINCT source, 0 FROM jobs WHERE source NOT IN (SELECT digest FROM documents)
      """
    case .setDocumentLength: "UPDATE documents SET length = ?2 WHERE digest = ?1"
    case .setLengthOfCheckpoint: "UPDATE artifacts SET length = ?2 WHERE file = ?1"
    case .setLengthOfPart: "UPDATE artifact_parts SET length = ?2 WHERE file = ?1"
    case .setLengthOfFile: "UPDATE artifact_files SET length = ?2 WHERE file = ?1"
    case .setLengthOfPin: "UPDATE pins SET length = ?2 WHERE object = ?1"
    case .setLengthOfVersion: "UPDATE history SET length = ?2 WHERE object = ?1"
    case .setLengthOfKeptFile: "UPDATE kept_files SET length = ?2 WHERE file = ?1"
    case .closeAttempts: "UPDATE attempts SET outcome = 'interrupted' WHERE outcome IS NULL"
    case .removeUnitsOfNoJob: "DELETE FROM units WHERE job NOT IN (SELECT id FROM jobs)"
    case .removeAttemptsOfNoJob: "DELETE FROM attempts WHERE job NOT IN (SELECT id FROM jobs)"
    case .removeEventsOfNoJob: "DELETE FROM events WHERE job NOT IN (SELECT id FROM jobs)"
    case .removePinsOfNoJob: "DELETE FROM pins WHERE job NOT IN (SELECT id FROM jobs)"
    case .removeHistoryOfNoJob: "DELETE FROM history WHERE job NOT IN (SELECT id FROM jobs)"
    case .removeKeptFilesOfNoJob: "DELETE FROM kept_files WHERE job NOT IN (SELECT id FROM jobs)"
    case .removeDeliveryAttemptsOfNoJob: "DELETE FROM delivery_attempts WHERE job NOT IN (SELECT id FROM jobs)"
    case .removeDeliveriesOfNoJob:
      "DELETE FROM deliveries WHERE job NOT IN (SELECT id FROM jobs) OR job NOT IN (SELECT job FROM webhooks)"
    case .removeWebhooksOfNoJob: "DELETE FROM webhooks WHERE job NOT IN (SELECT id FROM jobs)"
    case .removeIdleDocuments: "DELETE FROM documents WHERE digest NOT IN (SELECT source FROM jobs)"
    case .raiseFence:
      """
      INSERT INTO counters (name, value) VALUES ('fence', coalesce((SELECT max(fence) FROM attempts), 0))
      ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)
      """
    }
  }

  /// Whether the statement is one that mends a saved ledger, and may walk from end to end.
  var walksAll: Bool {
    switch self {
    case .addLostDocuments, .closeAttempts, .removeUnitsOfNoJob, .removeAttemptsOfNoJob, .removeEventsOfNoJob,
      .removePinsOfNoJob,
      .removeHistoryOfNoJob, .removeKeptFilesOfNoJob, .removeDeliveryAttemptsOfNoJob, .removeDeliveriesOfNoJob,
      .removeWebhooksOfNoJob, .removeIdleDocuments, .raiseFence:
      true
    default: false
    }
  }
}
