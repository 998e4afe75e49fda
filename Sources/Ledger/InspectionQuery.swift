/// The statements of those who look through a whole ledger, step by step: checking, collecting, rebuilding.
enum InspectionQuery: LedgerQuery {
  case jobs, documents, artifacts, idleArtifacts
  case keysOfObject, unitsOfKey, jobsOfSource, pinsOfObject, keysOfCheckpoint
  case attempts
  case replaceManifest
  case closeAttempts, removeUnitsOfNoJob, removeAttemptsOfNoJob, removeEventsOfNoJob, removePinsOfNoJob
  case removeIdleDocuments, raiseFence

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
    case .pinsOfObject: "SELECT job, unit, based_on, content, object, who, at, why FROM pins WHERE object = ?"
    case .keysOfCheckpoint: "SELECT key FROM artifacts WHERE file = ? ORDER BY key"
    case .attempts: "SELECT fence, key FROM attempts WHERE job = ? AND fence > ? ORDER BY fence LIMIT ?"
    case .replaceManifest:
      "UPDATE jobs SET name = ?2, settings = ?3, state = ?4, failure = ?5, owner = ?6, created_text = ?7 WHERE id = ?1"
    // The rest mends what was saved from a damaged file; each of them looks at every row once.
    case .closeAttempts: "UPDATE attempts SET outcome = 'interrupted' WHERE outcome IS NULL"
    case .removeUnitsOfNoJob: "DELETE FROM units WHERE job NOT IN (SELECT id FROM jobs)"
    case .removeAttemptsOfNoJob: "DELETE FROM attempts WHERE job NOT IN (SELECT id FROM jobs)"
    case .removeEventsOfNoJob: "DELETE FROM events WHERE job NOT IN (SELECT id FROM jobs)"
    case .removePinsOfNoJob: "DELETE FROM pins WHERE job NOT IN (SELECT id FROM jobs)"
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
    case .closeAttempts, .removeUnitsOfNoJob, .removeAttemptsOfNoJob, .removeEventsOfNoJob, .removePinsOfNoJob,
      .removeIdleDocuments, .raiseFence:
      true
    default: false
    }
  }
}
