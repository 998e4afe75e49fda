/// A table whose rows are worth saving.
enum SalvagedTable: String, CaseIterable {
  case documents, jobs, units, attempts, events, pins, history
  case keptFiles = "kept_files"
  case keys = "api_keys"
  case answers, usage, webhooks, deliveries
  case deliveryAttempts = "delivery_attempts"

  /// What nothing but the ledger knows: neither objects nor `job.json` could bring it back.
  static let knownNowhereElse: [SalvagedTable] = [
    .keys, .answers, .usage, .webhooks, .deliveries, .deliveryAttempts,
  ]
  /// Tables that are made again from objects, or that say what runs at a moment that has passed.
  static let madeAnew: Set<String> = [
    "artifacts", "artifact_parts", "artifact_gaps", "artifact_files", "leases", "counters",
  ]

  /// In the order in which the table lies in the file, so that rows before and after a bad page can be reached.
  var key: [String] {
    switch self {
    case .documents: ["digest"]
    case .jobs: ["rowid"]
    case .units: ["job", "unit"]
    case .attempts: ["job", "unit", "attempt"]
    case .events: ["job", "seq"]
    case .pins: ["job", "unit"]
    case .history: ["job", "unit", "number"]
    case .keptFiles: ["job", "unit", "number", "position"]
    case .keys: ["id"]
    case .answers: ["scope", "key"]
    case .usage: ["owner", "day"]
    case .webhooks: ["job"]
    case .deliveries: ["job", "seq"]
    case .deliveryAttempts: ["job", "seq", "attempt"]
    }
  }

  var columns: [String] {
    switch self {
    case .documents: ["digest", "length"]
    case .jobs:
      [
        "id", "name", "source", "settings", "state", "failure", "owner", "created_text", "page_count", "created",
        "started", "finished", "seq", "deleted", "trace",
      ]
    case .units:
      [
        "job", "unit", "state", "key", "content", "gap", "failure", "attempts", "counted", "counted_key", "history",
        "reused", "again",
      ]
    case .attempts:
      [
        "job", "unit", "attempt", "key", "fence", "owner", "started", "finished", "outcome", "failure", "signal",
        "cpu_seconds", "peak_bytes", "worker", "queue_seconds", "spawn_seconds", "work_seconds", "store_seconds",
      ]
    case .events: ["job", "seq", "kind", "unit", "state", "attempt", "at", "failure"]
    case .pins: ["job", "unit", "based_on", "content", "object", "who", "at", "why", "length", "base", "newer"]
    case .history: ["job", "unit", "number", "cause", "at", "content", "object", "length", "who", "why"]
    case .keptFiles: ["job", "unit", "number", "position", "name", "file", "length"]
    case .keys:
      ["id", "name", "role", "salt", "hash", "rate", "burst", "concurrency", "created", "revoked"]
    case .answers: ["scope", "key", "fingerprint", "status", "content_type", "location", "body", "expires"]
    case .usage: ["owner", "day", "documents", "pages", "bytes", "cpu_seconds"]
    case .webhooks: ["job", "owner", "url", "secret", "disabled"]
    case .deliveries:
      ["job", "seq", "state", "job_state", "at", "page_count", "failure", "attempts", "due"]
    case .deliveryAttempts: ["job", "seq", "attempt", "at", "status", "error", "seconds"]
    }
  }
}
