/// The statements about the objects of a folder that is being rebuilt, in a file of their own.
enum ObjectIndexQuery: LedgerQuery {
  case insertObject, insertPart, insertWhole
  case length, part, wholes, encryptedSource, gaps

  var sql: String {
    switch self {
    case .insertObject: "INSERT INTO objects (file, length) VALUES (?, ?) ON CONFLICT DO NOTHING"
    case .insertPart:
      """
      INSERT INTO parts (content, unit, source, recipe, file, header) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """
    // Of two files under one key, the one that jobs link to.
    case .insertWhole:
      """
      INSERT INTO wholes (key, links, encrypted, source, recipe, file, header) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET links = excluded.links, file = excluded.file, header = excluded.header
      WHERE excluded.links > links OR excluded.links = links AND excluded.file < file
      """
    case .length: "SELECT length FROM objects WHERE file = ?"
    case .part: "SELECT file, header FROM parts WHERE content = ? AND unit = ? AND source = ? AND recipe = ?"
    case .wholes: "SELECT key, recipe, file, header FROM wholes WHERE key > ? ORDER BY key LIMIT ?"
    case .encryptedSource: "SELECT 1 FROM wholes WHERE source = ? AND encrypted = 1 LIMIT 1"
    case .gaps: "SELECT header FROM wholes WHERE key = ?"
    }
  }

  static let schema = """
    CREATE TABLE objects (file TEXT NOT NULL PRIMARY KEY, length INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE parts (
      content TEXT NOT NULL, unit TEXT NOT NULL, source TEXT NOT NULL, recipe TEXT NOT NULL, file TEXT NOT NULL,
      header TEXT NOT NULL, PRIMARY KEY (content, unit, source, recipe)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE wholes (
      key TEXT NOT NULL PRIMARY KEY, links INTEGER NOT NULL, encrypted INTEGER NOT NULL, source TEXT NOT NULL,
      recipe TEXT NOT NULL, file TEXT NOT NULL, header TEXT NOT NULL
    ) STRICT;
    CREATE INDEX wholes_by_source ON wholes (source, encrypted);
    """
}
