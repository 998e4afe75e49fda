import GRDB

/// The tables of the index.
///
/// `pages` holds the text and where it stands, `words` is FTS5's index over it. A job has a new number each time it is
/// taken in, and is found once all of its pages are there.
enum SearchSchema {
  /// Another version is made anew: everything in the index can be read again.
  static let version = 1

  static let sql = """
    CREATE TABLE jobs (
      number INTEGER PRIMARY KEY, job TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL,
      stamp TEXT NOT NULL, ready INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX jobs_by_job ON jobs (job);
    CREATE TABLE pages (
      id INTEGER PRIMARY KEY, number INTEGER NOT NULL, page INTEGER NOT NULL, text TEXT NOT NULL, passages BLOB NOT NULL
    ) STRICT;
    CREATE INDEX pages_by_job ON pages (number);
    CREATE VIRTUAL TABLE words USING fts5 (
      text, content = 'pages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    );
    """
}

/// The statements of the index.
enum SearchStatement: String {
  case jobs = "SELECT number, job, seq, stamp FROM jobs WHERE ready = 1 AND number > ? ORDER BY number LIMIT ?"
  case ofJob = "SELECT number, seq, stamp, ready FROM jobs WHERE job = ? ORDER BY number"
  case unready = "SELECT number FROM jobs WHERE ready = 0"
  case isThere = "SELECT 1 FROM jobs WHERE number = ?"
  case addJob = "INSERT INTO jobs (number, job, owner, name, seq, stamp, ready) VALUES (?, ?, ?, ?, ?, ?, 0)"
  case finishJob = "UPDATE jobs SET ready = 1 WHERE number = ?"
  case setSeq = "UPDATE jobs SET seq = ?2, owner = ?3 WHERE number = ?1"
  case hideJob = "UPDATE jobs SET ready = 0 WHERE number = ?"
  case addPage = "INSERT INTO pages (number, page, text, passages) VALUES (?, ?, ?, ?)"
  case addWords = "INSERT INTO words (rowid, text) VALUES (?, ?)"
  case somePages = "SELECT id, text FROM pages WHERE number = ? LIMIT ?"
  case removeWords = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
  case removePage = "DELETE FROM pages WHERE id = ?"
  case removeJob = "DELETE FROM jobs WHERE number = ?"
  case countPages = "SELECT count(*) FROM pages"
  // CROSS JOIN keeps the words the outer loop.
  case search = """
    SELECT words.rowid, words.rank FROM words CROSS JOIN pages ON pages.id = words.rowid
      CROSS JOIN jobs ON jobs.number = pages.number
    WHERE words MATCH ?1 AND jobs.ready = 1 AND (?2 IS NULL OR jobs.owner = ?2)
      AND (words.rank, words.rowid) > (?3, ?4)
    ORDER BY words.rank, words.rowid LIMIT ?5
    """
  case hit = """
    SELECT jobs.job, jobs.name, pages.page, pages.passages, highlight(words, 0, ?3, ?4),
      snippet(words, 0, ?3, ?4, '…', ?5)
    FROM words CROSS JOIN pages ON pages.id = words.rowid CROSS JOIN jobs ON jobs.number = pages.number
    WHERE words MATCH ?1 AND words.rowid = ?2
    """
}

extension Database {
  func run(_ statement: SearchStatement, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: statement.rawValue).execute(arguments: arguments)
  }

  func rows(_ statement: SearchStatement, _ arguments: StatementArguments) throws -> [Row] {
    try Row.fetchAll(cachedStatement(sql: statement.rawValue), arguments: arguments)
  }
}
