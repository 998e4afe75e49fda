/// The statements that find and remove what is old, or can be made again.
enum RetentionQuery: LedgerQuery {
  case oldest, buryFinished
  case rasters, usersOfFile, isKept, drop, isDropped

  var sql: String {
    switch self {
    case .oldest:
      JobQuery.record + "WHERE deleted = 0 AND (created, id) > (?, ?) ORDER BY created, id LIMIT ?"
    // ?3 tells whether a job with a person's checkpoint is to stay.
    case .buryFinished:
      """
      UPDATE jobs SET deleted = 1
      WHERE id = ?1 AND deleted = 0 AND state IN ('completed', 'completed_with_errors', 'failed', 'cancelled')
        AND finished < ?2 AND (?3 = 0 OR NOT EXISTS (SELECT 1 FROM pins WHERE job = ?1))
      """
    // The image for recognition, which is large; the preview for people is small and stays. It belongs to the unit's own
    // checkpoint; "0" comes just after "/".
    case .rasters:
      """
      SELECT units.unit, artifact_files.name, artifact_files.file, artifact_files.length
      FROM units CROSS JOIN artifacts ON artifacts.key = units.key
        CROSS JOIN artifact_files ON artifact_files.artifact = artifacts.id
      WHERE units.job = ?1 AND units.unit > ?2 AND units.unit < '02-render0' AND artifact_files.page = 0
        AND (artifact_files.name GLOB '*.tif' OR artifact_files.name GLOB '*.pgm') AND artifact_files.dropped = 0
      ORDER BY units.unit LIMIT ?3
      """
    case .usersOfFile:
      """
      SELECT units.job, units.unit, jobs.state
      FROM artifact_files CROSS JOIN artifacts ON artifacts.id = artifact_files.artifact
        CROSS JOIN units ON units.key = artifacts.key CROSS JOIN jobs ON jobs.id = units.job
      WHERE artifact_files.file = ? AND jobs.deleted = 0
      """
    case .isKept: "SELECT 1 FROM kept_files WHERE file = ? LIMIT 1"
    case .drop: "UPDATE artifact_files SET dropped = 1 WHERE file = ?"
    case .isDropped: "SELECT 1 FROM artifact_files WHERE file = ? AND dropped = 1 LIMIT 1"
    }
  }
}
