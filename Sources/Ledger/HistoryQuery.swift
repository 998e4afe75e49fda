/// The statements about replaced checkpoints, and about the files that they and pins hold on to.
enum HistoryQuery: LedgerQuery {
  case put, ofUnits, prune, crowded, steps, removeUpTo
  case putFile, filesOfUnits, removeFiles, removeLooseFiles, removeSomeFiles
  case pinCounts

  var sql: String {
    switch self {
    case .put:
      """
      INSERT INTO history (job, unit, number, cause, at, content, object, length, who, why)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (job, unit, number) DO UPDATE SET cause = excluded.cause, at = excluded.at,
        content = excluded.content, object = excluded.object, length = excluded.length, who = excluded.who,
        why = excluded.why
      """
    case .ofUnits:
      """
      SELECT unit, number, cause, at, content, object, length, who, why FROM history
      WHERE job = ? AND unit >= ? AND unit <= ? ORDER BY unit, number
      """
    // The oldest beyond what is kept.
    case .prune:
      """
      DELETE FROM history WHERE job = ?1 AND unit = ?2 AND number NOT IN
        (SELECT number FROM history WHERE job = ?1 AND unit = ?2 ORDER BY number DESC LIMIT ?3)
      """
    case .crowded: "SELECT unit FROM history WHERE job = ? GROUP BY unit HAVING count(*) > ?"
    case .steps: "SELECT unit, number FROM history WHERE job = ? ORDER BY unit, number LIMIT ?"
    case .removeUpTo: "DELETE FROM history WHERE job = ? AND (unit, number) <= (?, ?)"
    case .putFile:
      "INSERT INTO kept_files (job, unit, number, position, name, file, length) VALUES (?, ?, ?, ?, ?, ?, ?)"
    case .filesOfUnits:
      """
      SELECT unit, number, name, file, length FROM kept_files
      WHERE job = ? AND unit >= ? AND unit <= ? ORDER BY unit, number, position
      """
    case .removeFiles: "DELETE FROM kept_files WHERE job = ? AND unit = ? AND number = ?"
    case .removeLooseFiles:
      """
      DELETE FROM kept_files WHERE job = ?1 AND unit = ?2 AND number > 0
        AND number NOT IN (SELECT number FROM history WHERE job = ?1 AND unit = ?2)
      """
    case .removeSomeFiles:
      """
      DELETE FROM kept_files WHERE job = ?1 AND (unit, number, position) IN
        (SELECT unit, number, position FROM kept_files WHERE job = ?1 LIMIT ?2)
      """
    case .pinCounts: "SELECT job, count(*), count(newer) FROM pins GROUP BY job"
    }
  }
}
