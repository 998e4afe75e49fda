/// The statements about webhooks and their outbox.
enum WebhookQuery: LedgerQuery {
  case put, ofJob, disable
  case enqueue, due, nextDue, deliveriesOfJob, end, disablePending, dropPending
  case putAttempt, attempts
  case removeAttempts, removeDeliveries, remove

  var sql: String {
    switch self {
    case .put:
      """
      INSERT INTO webhooks (job, owner, url, secret) SELECT id, owner, ?2, ?3 FROM jobs WHERE id = ?1 AND deleted = 0
      ON CONFLICT (job) DO UPDATE SET url = excluded.url, secret = excluded.secret, disabled = NULL
      """
    case .ofJob: "SELECT url, secret, disabled FROM webhooks WHERE job = ?"
    case .disable: "UPDATE webhooks SET disabled = ?3 WHERE owner = ?1 AND url = ?2 AND disabled IS NULL"
    case .enqueue:
      """
      INSERT INTO deliveries (job, seq, state, job_state, at, page_count, failure, attempts, due)
      SELECT ?1, ?2, 'pending', ?3, ?4, page_count, ?5, 0, ?4 FROM webhooks CROSS JOIN jobs ON jobs.id = webhooks.job
      WHERE webhooks.job = ?1 AND webhooks.disabled IS NULL
      """
    case .due:
      Self.record + """
        WHERE deliveries.state = 'pending' AND due <= ?1 AND \(Self.receiver) NOT IN (SELECT value FROM json_each(?3))
        ORDER BY due LIMIT ?2
        """
    case .nextDue: "SELECT due FROM deliveries WHERE state = 'pending' AND due > ? ORDER BY due LIMIT 1"
    case .deliveriesOfJob: Self.record + "WHERE deliveries.job = ? ORDER BY deliveries.seq"
    case .end:
      """
      UPDATE deliveries SET state = ?3, attempts = ?4, due = coalesce(?5, due)
      WHERE job = ?1 AND seq = ?2 AND state = 'pending'
      """
    case .disablePending:
      """
      UPDATE deliveries SET state = 'disabled'
      WHERE state = 'pending' AND job IN (SELECT job FROM webhooks WHERE owner = ? AND url = ?)
      """
    case .dropPending: "DELETE FROM deliveries WHERE job = ? AND state = 'pending'"
    case .putAttempt:
      """
      INSERT INTO delivery_attempts (job, seq, attempt, at, status, error, seconds) VALUES (?, ?, ?, ?, ?, ?, ?)
      """
    case .attempts:
      """
      SELECT attempt, at, status, error, seconds FROM delivery_attempts WHERE job = ? AND seq = ? ORDER BY attempt
      """
    case .removeAttempts: "DELETE FROM delivery_attempts WHERE job = ?"
    case .removeDeliveries: "DELETE FROM deliveries WHERE job = ?"
    case .remove: "DELETE FROM webhooks WHERE job = ?"
    }
  }

  /// The host of a webhook's URL with its port, in lower case.
  private static let receiver = """
    lower(substr(substr(url, instr(url, '://') + 3), 1,
      instr(replace(substr(url, instr(url, '://') + 3), '?', '/') || '/', '/') - 1))
    """

  /// The columns of a `WebhookDelivery` in the order that it reads them. CROSS JOIN keeps the outbox the outer loop.
  private static let record = """
    SELECT deliveries.job, deliveries.seq, deliveries.state, job_state, at, deliveries.page_count, deliveries.failure,
      attempts, due, url, secret, jobs.name, jobs.owner
    FROM deliveries CROSS JOIN webhooks ON webhooks.job = deliveries.job CROSS JOIN jobs ON jobs.id = deliveries.job

    """
}
