/// The statements about attempts, leases and events.
enum AttemptQuery: LedgerQuery {
  case nextFence, newest, start, end, ofJob, ofUnit, ofKey, costs
  case lease, leaseOfUnit, leasesOfJob, leasesOfOthers, endLease, removeLease
  case keys, removeUpTo
  case putEvent, events, eventsOfUnit, removeEvents

  var sql: String {
    switch self {
    case .nextFence: "UPDATE counters SET value = value + ? WHERE name = 'fence' RETURNING value"
    case .newest: "SELECT max(attempt) FROM attempts WHERE job = ? AND unit = ?"
    case .start:
      "INSERT INTO attempts (job, unit, attempt, key, fence, owner, started, worker) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    case .end:
      """
      UPDATE attempts SET finished = ?, outcome = ?, failure = ?, signal = ?, cpu_seconds = ?, peak_bytes = ?,
        queue_seconds = ?, spawn_seconds = ?, work_seconds = ?, store_seconds = ?
      WHERE job = ? AND unit = ? AND attempt = ? AND fence = ? AND outcome IS NULL
      """
    case .ofJob: Self.record() + "WHERE job = ? ORDER BY fence"
    case .ofUnit: Self.record() + "WHERE job = ? AND unit = ? ORDER BY attempt"
    case .ofKey: Self.record(and: ", job") + "WHERE key = ? AND outcome = 'succeeded' ORDER BY started, job"
    // The first two letters of a unit's name are its stage's number.
    case .costs:
      """
      SELECT substr(unit, 1, 2), count(*), total(cpu_seconds), total(finished - started) FROM attempts
      WHERE job = ? GROUP BY substr(unit, 1, 2)
      """
    case .lease: "INSERT INTO leases (job, unit, attempt, fence, owner) VALUES (?, ?, ?, ?, ?)"
    case .leaseOfUnit: Self.leaseRecord + "WHERE job = ? AND unit = ?"
    case .leasesOfJob: Self.leaseRecord + "WHERE job = ?"
    case .leasesOfOthers: Self.leaseRecord + "WHERE owner <> ? ORDER BY fence"
    case .endLease: "DELETE FROM leases WHERE job = ? AND unit = ? AND attempt = ? AND fence = ? AND owner = ?"
    case .removeLease: "DELETE FROM leases WHERE job = ? AND unit = ?"
    case .keys: "SELECT fence, key FROM attempts WHERE job = ? ORDER BY fence LIMIT ?"
    case .removeUpTo: "DELETE FROM attempts WHERE job = ? AND fence <= ?"
    case .putEvent:
      "INSERT INTO events (job, seq, kind, unit, state, attempt, at, failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    case .events:
      Self.eventRecord + " WHERE job = ? AND seq > ? ORDER BY seq LIMIT ?"
    case .eventsOfUnit:
      Self.eventRecord + " WHERE job = ? AND unit = ? ORDER BY seq"
    case .removeEvents: "DELETE FROM events WHERE job = ? AND seq <= ?"
    }
  }

  /// The columns of a `JobEvent` in the order that it reads them; the worker stands with the attempt that began.
  private static let eventRecord = """
    SELECT seq, job, kind, unit, state, attempt, at, failure,
      CASE kind WHEN 'unit_started' THEN (
        SELECT worker FROM attempts
        WHERE attempts.job = events.job AND attempts.unit = events.unit AND attempts.attempt = events.attempt
      ) END
    FROM events
    """

  /// The columns of an `AttemptRecord` in the order that it reads them.
  ///
  /// - Parameter more: columns after those.
  private static func record(and more: String = "") -> String {
    """
    SELECT unit, attempt, key, fence, owner, started, finished, outcome, failure, signal, cpu_seconds, peak_bytes,
      queue_seconds, spawn_seconds, work_seconds, store_seconds, worker\(more)
    FROM attempts

    """
  }

  private static let leaseRecord = "SELECT job, unit, attempt, fence, owner FROM leases "
}
