/// The statements about units and pins.
enum UnitQuery: LedgerQuery {
  case put, ofJob, remove
  case start, makeReady
  case keys, removeUpTo, hasKey, keyOfUnit
  case putPin, pinsOfJob, removePin, removePins

  var sql: String {
    switch self {
    case .put:
      """
      INSERT INTO units (job, unit, state, key, content, gap, failure, attempts, counted, counted_key, history, reused,
        again)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (job, unit) DO UPDATE SET state = excluded.state, key = excluded.key, content = excluded.content,
        gap = excluded.gap, failure = excluded.failure, attempts = excluded.attempts, counted = excluded.counted,
        counted_key = excluded.counted_key, history = excluded.history, reused = excluded.reused,
        again = excluded.again
      """
    case .ofJob:
      """
      SELECT unit, state, key, content, gap, failure, attempts, counted, counted_key, history, reused, again
      FROM units WHERE job = ? ORDER BY unit
      """
    case .remove: "DELETE FROM units WHERE job = ? AND unit = ?"
    case .start: "UPDATE units SET state = 'running', attempts = ?3 WHERE job = ?1 AND unit = ?2"
    case .makeReady: "UPDATE units SET state = 'ready' WHERE job = ? AND unit = ? AND state = 'running'"
    case .keys: "SELECT unit, key FROM units WHERE job = ? ORDER BY unit LIMIT ?"
    case .removeUpTo: "DELETE FROM units WHERE job = ? AND unit <= ?"
    case .hasKey: "SELECT 1 FROM units WHERE key = ? LIMIT 1"
    case .keyOfUnit: "SELECT key FROM units WHERE job = ? AND unit = ?"
    case .putPin:
      """
      INSERT INTO pins (job, unit, based_on, content, object, who, at, why, length, base, newer)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (job, unit) DO UPDATE SET based_on = excluded.based_on, content = excluded.content,
        object = excluded.object, who = excluded.who, at = excluded.at, why = excluded.why, length = excluded.length,
        base = excluded.base, newer = excluded.newer
      """
    case .pinsOfJob:
      """
      SELECT job, unit, based_on, content, object, who, at, why, length, base, newer FROM pins
      WHERE job = ? ORDER BY unit
      """
    case .removePin: "DELETE FROM pins WHERE job = ? AND unit = ?"
    case .removePins: "DELETE FROM pins WHERE job = ?"
    }
  }
}
