/// The statements about jobs and their documents.
enum JobQuery: LedgerQuery {
  case insert, insertDocument
  case byID, byPrefix, page, pageOfState, pageOfOwner, buried
  case isLiving, isBuried, hasSource, isUntouched
  case nextSeq
  case setState, setPages, setSettings, bury
  case remove, removeDocument

  var sql: String {
    switch self {
    case .insert:
      """
      INSERT INTO jobs (id, name, source, settings, state, failure, owner, created_text, page_count, created, started,
        finished, trace)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    case .insertDocument: "INSERT INTO documents (digest, length) VALUES (?, ?) ON CONFLICT DO NOTHING"
    case .byID: Self.record + "WHERE jobs.id = ?"
    // The plus keeps SQLite from walking all living jobs by their index.
    case .byPrefix: Self.record + "WHERE jobs.id >= ? AND jobs.id < ? AND +deleted = 0 ORDER BY jobs.id LIMIT 2"
    case .page:
      Self.record + """
        WHERE deleted = 0 AND (created, id) < (?, ?) ORDER BY created DESC, id DESC LIMIT ?
        """
    case .pageOfState:
      Self.record + """
        WHERE deleted = 0 AND state = ? AND (created, id) < (?, ?) ORDER BY created DESC, id DESC LIMIT ?
        """
    case .pageOfOwner:
      Self.record + """
        WHERE deleted = 0 AND owner = ? AND (created, id) < (?, ?) ORDER BY created DESC, id DESC LIMIT ?
        """
    case .buried: Self.record + "WHERE deleted = 1 ORDER BY created, id"
    case .isLiving: "SELECT 1 FROM jobs WHERE id = ? AND deleted = 0"
    case .isBuried: "SELECT deleted FROM jobs WHERE id = ?"
    case .hasSource: "SELECT 1 FROM jobs WHERE source = ? AND deleted = 0 LIMIT 1"
    case .isUntouched:
      """
      SELECT 1 FROM jobs AS own WHERE id = ?1
        AND NOT EXISTS (SELECT 1 FROM attempts WHERE job = ?1) AND NOT EXISTS (SELECT 1 FROM pins WHERE job = ?1)
        AND NOT EXISTS (SELECT 1 FROM units WHERE job = ?1 AND key IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.source = own.source AND jobs.id <> ?1)
      """
    case .nextSeq: "UPDATE jobs SET seq = seq + 1 WHERE id = ? AND deleted = 0 RETURNING seq"
    case .setState:
      """
      UPDATE jobs SET state = ?2, failure = ?3, finished = ?5, started = coalesce(started, ?4)
      WHERE id = ?1 AND deleted = 0
      """
    case .setPages: "UPDATE jobs SET page_count = ?2 WHERE id = ?1 AND deleted = 0"
    case .setSettings: "UPDATE jobs SET settings = ?2 WHERE id = ?1 AND deleted = 0"
    case .bury: "UPDATE jobs SET deleted = 1 WHERE id = ?"
    case .remove: "DELETE FROM jobs WHERE id = ? AND deleted = 1 RETURNING source"
    case .removeDocument:
      "DELETE FROM documents WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM jobs WHERE source = ?1)"
    }
  }

  /// The columns of a `JobRecord` in the order that it reads them. CROSS JOIN keeps the documents the inner loop.
  static let record = """
    SELECT id, name, source, length, settings, state, failure, owner, created_text, page_count, created, started,
      finished, seq, deleted, trace
    FROM jobs CROSS JOIN documents ON documents.digest = jobs.source

    """
}
