/// The stable codes of what can be wrong with a data folder: scripts match on them, so a code is never renamed.
package enum FindingCode: String, Codable, Sendable, Hashable, CaseIterable {
  // The ledger
  case ledgerMissing = "ledger_missing"
  /// Written before there were checksums.
  case ledgerUnprotected = "ledger_unprotected"
  case ledgerPage = "ledger_page"
  case ledgerLog = "ledger_log"
  /// Sound pages that do not agree with each other.
  case ledgerStructure = "ledger_structure"
  case ledgerUnreadable = "ledger_unreadable"
  case ledgerRebuilt = "ledger_rebuilt"
  // Documents
  case documentMissing = "document_missing"
  case documentDamaged = "document_damaged"
  /// The ledger tells another length.
  case documentLength = "document_length"
  case documentWritable = "document_writable"
  case documentUnused = "document_unused"
  // Objects
  case objectMissing = "object_missing"
  case objectDamaged = "object_damaged"
  case objectWritable = "object_writable"
  /// The ledger tells another length.
  case objectLength = "object_length"
  case objectUnused = "object_unused"
  // Rows
  /// A unit counts as done and no result is on record under its key.
  case resultMissing = "result_missing"
  /// A result that no unit names.
  case resultUnused = "result_unused"
  // Jobs
  case manifestMissing = "manifest_missing"
  case manifestDiffers = "manifest_differs"
  /// A job's folder that the ledger does not know.
  case jobUnlisted = "job_unlisted"
  /// Its deletion was begun.
  case jobBuried = "job_buried"
  case pinMissing = "pin_missing"
  case pinDiffers = "pin_differs"
  case pinUnlisted = "pin_unlisted"
  // Trees
  case linkMissing = "link_missing"
  case linkStale = "link_stale"
  case linkDamaged = "link_damaged"
  case historyLink = "history_link"
  /// A person's file.
  case strangeFile = "strange_file"
  // Leftovers
  case leftover = "leftover"
  case quarantined = "quarantined"
}
