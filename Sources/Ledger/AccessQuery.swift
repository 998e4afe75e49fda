/// The statements about keys, stored answers and usage.
enum AccessQuery: LedgerQuery {
  case insertKey, keys, revokeKey
  case answer, putAnswer, removeExpiredAnswers
  case addDocument, addPages, addWork, usage, usageOfOwner

  var sql: String {
    switch self {
    case .insertKey:
      """
      INSERT INTO api_keys (id, name, role, salt, hash, rate, burst, concurrency, created, revoked)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    case .keys:
      """
      SELECT id, name, role, salt, hash, rate, burst, concurrency, created, revoked FROM api_keys ORDER BY created, id
      """
    case .revokeKey: "UPDATE api_keys SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL"
    case .answer:
      """
      SELECT scope, key, fingerprint, status, content_type, location, body, expires FROM answers
      WHERE scope = ? AND key = ? AND expires > ?
      """
    case .putAnswer:
      // The last parameter is the time: only what has expired is replaced.
      """
      INSERT INTO answers (scope, key, fingerprint, status, content_type, location, body, expires)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT (scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
        content_type = excluded.content_type, location = excluded.location, body = excluded.body,
        expires = excluded.expires
      WHERE answers.expires <= ?9
      """
    case .removeExpiredAnswers: "DELETE FROM answers WHERE expires <= ?"
    case .addDocument:
      """
      INSERT INTO usage (owner, day, documents, pages, bytes, cpu_seconds) VALUES (?1, date(?2, 'unixepoch'), 1, 0, ?3, 0)
      ON CONFLICT (owner, day) DO UPDATE SET documents = documents + 1, bytes = bytes + excluded.bytes
      """
    case .addPages:
      // The first count of a job's pages only: a rerun takes in no new ones.
      """
      INSERT INTO usage (owner, day, documents, pages, bytes, cpu_seconds)
      SELECT owner, date(?2, 'unixepoch'), 0, ?3, 0, 0 FROM jobs WHERE id = ?1 AND page_count IS NULL
      ON CONFLICT (owner, day) DO UPDATE SET pages = pages + excluded.pages
      """
    case .addWork:
      """
      INSERT INTO usage (owner, day, documents, pages, bytes, cpu_seconds)
      SELECT owner, date(?2, 'unixepoch'), 0, 0, 0, ?3 FROM jobs WHERE id = ?1
      ON CONFLICT (owner, day) DO UPDATE SET cpu_seconds = cpu_seconds + excluded.cpu_seconds
      """
    case .usage:
      Self.usageColumns + """
        WHERE day BETWEEN ? AND ? AND (day, owner) < (?, ?) ORDER BY day DESC, owner DESC LIMIT ?
        """
    case .usageOfOwner:
      Self.usageColumns + "WHERE owner = ? AND day BETWEEN ? AND ? AND day < ? ORDER BY day DESC LIMIT ?"
    }
  }

  private static let usageColumns = "SELECT owner, day, documents, pages, bytes, cpu_seconds FROM usage "
}
