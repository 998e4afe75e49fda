import GRDB

/// The tables, and how an older file comes to have them.
///
/// A migration that has shipped never changes; a new one is added after it. Rows that only a few people look at keep
/// their structure as canonical JSON (settings, failures); all that is asked for is a column.
enum LedgerSchema {
  /// Brings the file up to date, or refuses it where it is newer than this program.
  static func migrate(_ database: any DatabaseWriter) throws {
    try database.read(refuseNewer)
    try migrator.migrate(database)
  }

  /// For a reader, which cannot migrate.
  static func check(_ database: Database) throws {
    try refuseNewer(database)
    let applied = try migrator.appliedIdentifiers(database)
    guard let missing = migrator.migrations.first(where: { !applied.contains($0) }) else { return }
    throw LedgerFailure.tooOld(version: applied.sorted().last ?? "none before \(missing)")
  }

  private static func refuseNewer(_ database: Database) throws {
    let unknown = try migrator.appliedIdentifiers(database).subtracting(migrator.migrations)
    if let newest = unknown.sorted().last { throw LedgerFailure.tooNew(version: newest) }
  }

  /// Named so that they sort in the order of their making.
  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("ledger-001", foreignKeyChecks: .immediate) { try $0.execute(sql: first) }
    migrator.registerMigration("ledger-002-origins") { try $0.execute(sql: origins) }
    migrator.registerMigration("ledger-003-history", foreignKeyChecks: .immediate) { try $0.execute(sql: history) }
    migrator.registerMigration("ledger-004-owners") { try $0.execute(sql: owners) }
    migrator.registerMigration("ledger-005-dropped") { try $0.execute(sql: dropped) }
    migrator.registerMigration("ledger-006-access", foreignKeyChecks: .immediate) { try $0.execute(sql: access) }
    migrator.registerMigration("ledger-007-use") { try $0.execute(sql: use) }
    migrator.registerMigration("ledger-008-again") { try $0.execute(sql: again) }
    return migrator
  }

  /// `unit` columns hold `UnitID.ledgerName`, which sorts as `UnitID` does; digests are 64 digits; times are seconds
  /// since 1970.
  private static let first = """
    CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO counters (name, value) VALUES ('fence', 0);

    CREATE TABLE documents (digest TEXT NOT NULL PRIMARY KEY, length INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE jobs (
      id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, source TEXT NOT NULL REFERENCES documents (digest),
      settings TEXT NOT NULL, state TEXT NOT NULL, failure TEXT, owner TEXT NOT NULL, created_text TEXT NOT NULL,
      page_count INTEGER, created REAL NOT NULL, started REAL, finished REAL, seq INTEGER NOT NULL DEFAULT 0,
      deleted INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX jobs_by_age ON jobs (deleted, created, id);
    CREATE INDEX jobs_by_state ON jobs (deleted, state, created, id);
    CREATE INDEX jobs_by_source ON jobs (source, deleted);

    CREATE TABLE units (
      job TEXT NOT NULL REFERENCES jobs (id), unit TEXT NOT NULL, state TEXT NOT NULL, key TEXT, content TEXT, gap TEXT,
      failure TEXT, attempts INTEGER NOT NULL, counted INTEGER NOT NULL, counted_key TEXT, history INTEGER NOT NULL,
      reused INTEGER NOT NULL, PRIMARY KEY (job, unit)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX units_by_key ON units (key) WHERE key IS NOT NULL;

    CREATE TABLE attempts (
      job TEXT NOT NULL REFERENCES jobs (id), unit TEXT NOT NULL, attempt INTEGER NOT NULL, key TEXT NOT NULL,
      fence INTEGER NOT NULL, owner TEXT NOT NULL, started REAL NOT NULL, finished REAL, outcome TEXT, failure TEXT,
      signal INTEGER, cpu_seconds REAL, peak_bytes INTEGER, worker INTEGER, PRIMARY KEY (job, unit, attempt)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX attempts_by_fence ON attempts (job, fence);

    CREATE TABLE leases (
      job TEXT NOT NULL, unit TEXT NOT NULL, attempt INTEGER NOT NULL, fence INTEGER NOT NULL, owner TEXT NOT NULL,
      PRIMARY KEY (job, unit), FOREIGN KEY (job, unit) REFERENCES units (job, unit)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE events (
      job TEXT NOT NULL REFERENCES jobs (id), seq INTEGER NOT NULL, kind TEXT NOT NULL, unit TEXT, state TEXT NOT NULL,
      attempt INTEGER, at REAL NOT NULL, failure TEXT, PRIMARY KEY (job, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE pins (
      job TEXT NOT NULL REFERENCES jobs (id), unit TEXT NOT NULL, based_on TEXT, content TEXT NOT NULL,
      object TEXT NOT NULL, who TEXT NOT NULL, at REAL NOT NULL, why TEXT NOT NULL, PRIMARY KEY (job, unit)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pins_by_object ON pins (object);

    CREATE TABLE artifacts (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, unit TEXT NOT NULL, content TEXT NOT NULL, file TEXT NOT NULL,
      name TEXT NOT NULL, length INTEGER NOT NULL, encrypted INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX artifacts_by_file ON artifacts (file);

    CREATE TABLE artifact_parts (
      artifact INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE, page INTEGER NOT NULL, unit TEXT NOT NULL,
      content TEXT NOT NULL, file TEXT NOT NULL, name TEXT NOT NULL, length INTEGER NOT NULL,
      PRIMARY KEY (artifact, page)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX artifact_parts_by_file ON artifact_parts (file);

    CREATE TABLE artifact_gaps (
      artifact INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE, page INTEGER NOT NULL, code TEXT NOT NULL,
      PRIMARY KEY (artifact, page)
    ) STRICT, WITHOUT ROWID;

    -- Page 0: the unit's own checkpoint, not one of its parts.
    CREATE TABLE artifact_files (
      artifact INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE, page INTEGER NOT NULL,
      position INTEGER NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL, length INTEGER NOT NULL,
      PRIMARY KEY (artifact, page, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX artifact_files_by_file ON artifact_files (file);
    """

  /// Keys, answers that are given again, what owners use, and the outbox of webhooks.
  private static let access = """
    CREATE TABLE api_keys (
      id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL,
      rate REAL, burst INTEGER, concurrency INTEGER, created REAL NOT NULL, revoked REAL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE answers (
      scope TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
      content_type TEXT NOT NULL, location TEXT, body BLOB NOT NULL, expires REAL NOT NULL, PRIMARY KEY (scope, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX answers_by_expiry ON answers (expires);

    CREATE TABLE usage (
      owner TEXT NOT NULL, day TEXT NOT NULL, documents INTEGER NOT NULL, pages INTEGER NOT NULL,
      bytes INTEGER NOT NULL, cpu_seconds REAL NOT NULL, PRIMARY KEY (owner, day)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX usage_by_day ON usage (day, owner);

    CREATE TABLE webhooks (
      job TEXT NOT NULL PRIMARY KEY REFERENCES jobs (id), owner TEXT NOT NULL, url TEXT NOT NULL, secret TEXT,
      disabled REAL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX webhooks_by_url ON webhooks (owner, url);

    CREATE TABLE deliveries (
      job TEXT NOT NULL REFERENCES webhooks (job), seq INTEGER NOT NULL, state TEXT NOT NULL, job_state TEXT NOT NULL,
      at REAL NOT NULL, page_count INTEGER, failure TEXT, attempts INTEGER NOT NULL, due REAL NOT NULL,
      PRIMARY KEY (job, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX deliveries_due ON deliveries (due) WHERE state = 'pending';

    CREATE TABLE delivery_attempts (
      job TEXT NOT NULL, seq INTEGER NOT NULL, attempt INTEGER NOT NULL, at REAL NOT NULL, status INTEGER, error TEXT,
      seconds REAL NOT NULL, PRIMARY KEY (job, seq, attempt)
    ) STRICT, WITHOUT ROWID;
    """

  /// Lets an owner's jobs be listed, and keeps the trace that submitted a job.
  private static let owners = """
    ALTER TABLE jobs ADD COLUMN trace TEXT;
    CREATE INDEX jobs_by_owner ON jobs (deleted, owner, created, id);
    """

  /// Lets a key's maker be found, whichever job it was.
  private static let origins = "CREATE INDEX attempts_by_key ON attempts (key);"

  /// Files that were removed for want of room, and that the unit which made them makes again when they are needed.
  private static let dropped = "ALTER TABLE artifact_files ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;"

  /// Checkpoints that were replaced, what pins are based on and how that stands now, and the files of both.
  private static let history = """
    ALTER TABLE pins ADD COLUMN length INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE pins ADD COLUMN base TEXT;
    ALTER TABLE pins ADD COLUMN newer TEXT;
    CREATE INDEX pins_by_base ON pins (base) WHERE base IS NOT NULL;

    CREATE TABLE history (
      job TEXT NOT NULL REFERENCES jobs (id), unit TEXT NOT NULL, number INTEGER NOT NULL, cause TEXT NOT NULL,
      at REAL NOT NULL, content TEXT NOT NULL, object TEXT NOT NULL, length INTEGER NOT NULL, who TEXT, why TEXT,
      PRIMARY KEY (job, unit, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX history_by_object ON history (object);

    -- Number 0: of the pin, not of a replaced checkpoint.
    CREATE TABLE kept_files (
      job TEXT NOT NULL REFERENCES jobs (id), unit TEXT NOT NULL, number INTEGER NOT NULL, position INTEGER NOT NULL,
      name TEXT NOT NULL, file TEXT NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (job, unit, number, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX kept_files_by_file ON kept_files (file);
    """

  /// Where an attempt's time went.
  private static let use = """
    ALTER TABLE attempts ADD COLUMN queue_seconds REAL;
    ALTER TABLE attempts ADD COLUMN spawn_seconds REAL;
    ALTER TABLE attempts ADD COLUMN work_seconds REAL;
    ALTER TABLE attempts ADD COLUMN store_seconds REAL;
    """

  /// What a unit was asked to run again for, so that a restart forgets nobody's wish.
  private static let again = "ALTER TABLE units ADD COLUMN again TEXT;"
}
