/// The statements about artifacts and the objects they name.
enum ArtifactQuery: LedgerQuery {
  case insert, insertPart, insertGap, insertFile
  case byKeys, parts, gaps, files
  case remove
  case knownObjects

  var sql: String {
    switch self {
    case .insert:
      """
      INSERT INTO artifacts (key, unit, content, file, name, length, encrypted) VALUES (?, ?, ?, ?, ?, ?, ?)
      RETURNING id
      """
    case .insertPart:
      """
      INSERT INTO artifact_parts (artifact, page, unit, content, file, name, length) VALUES (?, ?, ?, ?, ?, ?, ?)
      """
    case .insertGap: "INSERT INTO artifact_gaps (artifact, page, code) VALUES (?, ?, ?)"
    case .insertFile:
      "INSERT INTO artifact_files (artifact, page, position, name, file, length) VALUES (?, ?, ?, ?, ?, ?)"
    // A list of any length is one argument: a JSON array.
    case .byKeys:
      """
      SELECT id, key, unit, content, file, name, length, encrypted FROM artifacts
      WHERE key IN (SELECT value FROM json_each(?))
      """
    case .parts:
      """
      SELECT artifact, page, unit, content, file, name, length FROM artifact_parts
      WHERE artifact IN (SELECT value FROM json_each(?)) ORDER BY artifact, page
      """
    case .gaps:
      "SELECT artifact, page, code FROM artifact_gaps WHERE artifact IN (SELECT value FROM json_each(?))"
    case .files:
      """
      SELECT artifact, page, name, file, length FROM artifact_files
      WHERE artifact IN (SELECT value FROM json_each(?)) ORDER BY artifact, page, position
      """
    // Parts, gaps and files go with it by their foreign keys.
    case .remove: "DELETE FROM artifacts WHERE key = ?"
    case .knownObjects:
      """
      SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM artifacts WHERE file = value)
        OR EXISTS (SELECT 1 FROM artifact_parts WHERE file = value)
        OR EXISTS (SELECT 1 FROM artifact_files WHERE file = value)
        OR EXISTS (SELECT 1 FROM pins WHERE object = value)
        OR EXISTS (SELECT 1 FROM pins WHERE base = value)
        OR EXISTS (SELECT 1 FROM history WHERE object = value)
        OR EXISTS (SELECT 1 FROM kept_files WHERE file = value)
        OR EXISTS (SELECT 1 FROM documents WHERE digest = value)
      """
    }
  }
}
