/// The stable codes of everything that can go wrong with a document, an option or a data folder.
///
/// Codes are part of the interface: scripts match on them, so a code is never renamed.
package enum ErrorCode: String, Codable, Sendable, Hashable, CaseIterable {
  // The document
  case unsupportedType = "unsupported_type"
  case emptyFile = "empty_file"
  case damaged
  case passwordRequired = "password_required"
  case passwordWrong = "password_wrong"
  case fileTooLarge = "file_too_large"
  case tooManyPages = "too_many_pages"
  case pageTooLarge = "page_too_large"
  case imageTooLarge = "image_too_large"
  case pageUnreadable = "page_unreadable"
  case noSuchPage = "no_such_page"
  case allPagesFailed = "all_pages_failed"
  // The work
  case engineFailed = "engine_failed"
  case crashed
  case timedOut = "timed_out"
  case outOfMemory = "out_of_memory"
  case languageDataMissing = "language_data_missing"
  case engineDrift = "engine_drift"
  /// The configured language model does not answer.
  case modelUnavailable = "model_unavailable"
  /// It does not want to, or answers nonsense.
  case modelRefused = "model_refused"
  case outputTooLarge = "output_too_large"
  /// The kernel cannot confine workers as far as was asked for.
  case sandboxUnavailable = "sandbox_unavailable"
  // The request
  case unknownOption = "unknown_option"
  case invalidOption = "invalid_option"
  case unknownStage = "unknown_stage"
  case unknownFormat = "unknown_format"
  case outputIsInput = "output_is_input"
  case inputNotFound = "input_not_found"
  case jobNotFound = "job_not_found"
  case jobUnfinished = "job_unfinished"
  case checkpointNotFound = "checkpoint_not_found"
  case invalidRequest = "invalid_request"
  case bundleInvalid = "bundle_invalid"
  case jobExists = "job_exists"
  /// An edit that is no checkpoint of its stage.
  case invalidCheckpoint = "invalid_checkpoint"
  /// What was edited is no longer what stands there.
  case checkpointChanged = "checkpoint_changed"
  /// Two versions changed the same part.
  case mergeConflict = "merge_conflict"
  // The data folder
  case dataFolderOwned = "data_folder_owned"
  case dataFolderUnusable = "data_folder_unusable"
  case checkpointCorrupt = "checkpoint_corrupt"
  case strangeFile = "strange_file"
  case outOfDisk = "out_of_disk"
  case inputOutput = "input_output"
  case ledgerTooNew = "ledger_too_new"
  case internalError = "internal_error"
}
