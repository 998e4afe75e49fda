/// The statements that carry a table's rows from a damaged ledger into a new one.
///
/// Artifacts are not among them: a row without its parts would count as a complete result. They are made again from the
/// objects, which say all of it themselves.
enum SalvageQuery: LedgerQuery {
  case read(SalvagedTable, descending: Bool)
  case write(SalvagedTable)

  static var allCases: [SalvageQuery] {
    SalvagedTable.allCases.flatMap { [.read($0, descending: false), .read($0, descending: true), .write($0)] }
  }

  var sql: String {
    switch self {
    case .read(let table, let descending):
      "SELECT \(table.columns.joined(separator: ", ")) FROM \(table.rawValue) NOT INDEXED ORDER BY "
        + table.key.map { $0 + (descending ? " DESC" : "") }.joined(separator: ", ")
    case .write(let table):
      "INSERT OR IGNORE INTO \(table.rawValue) (\(table.columns.joined(separator: ", "))) VALUES "
        + "(\(table.columns.map { _ in "?" }.joined(separator: ", ")))"
    }
  }
}

/// A table whose rows are worth saving.
enum SalvagedTable: String, CaseIterable {
  case documents, jobs, units, attempts, events, pins, history
  case keptFiles = "kept_files"

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
    }
  }

  var columns: [String] {
    switch self {
    case .documents: ["digest", "length"]
    case .jobs:
      [
        "id", "name", "source", "settings", "state", "failure", "owner", "created_text", "page_count", "created",
        "started", "finished", "seq", "deleted",
      ]
    case .units:
      [
        "job", "unit", "state", "key", "content", "gap", "failure", "attempts", "counted", "counted_key", "history",
        "reused",
      ]
    case .attempts:
      [
        "job", "unit", "attempt", "key", "fence", "owner", "started", "finished", "outcome", "failure", "signal",
        "cpu_seconds", "peak_bytes", "worker",
      ]
    case .events: ["job", "seq", "kind", "unit", "state", "attempt", "at", "failure"]
    case .pins: ["job", "unit", "based_on", "content", "object", "who", "at", "why", "length", "base", "newer"]
    case .history: ["job", "unit", "number", "cause", "at", "content", "object", "length", "who", "why"]
    case .keptFiles: ["job", "unit", "number", "position", "name", "file", "length"]
    }
  }
}
