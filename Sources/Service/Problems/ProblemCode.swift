import HTTPServer
import StageKit

/// The stable codes of every error that the interface answers, each with its status.
///
/// They are part of the interface: programs match on them, so a code is never renamed. Those of `ErrorCode` keep their names.
package struct ProblemCode: Sendable, Hashable, CustomStringConvertible {
  package let rawValue: String
  package let status: HTTPStatus
  /// A few words that do not change from case to case: RFC 9457's title.
  package let title: String

  package init(_ rawValue: String, _ status: HTTPStatus, _ title: String) {
    self.rawValue = rawValue
    self.status = status
    self.title = title
  }

  package var description: String { rawValue }

  package static func == (a: ProblemCode, b: ProblemCode) -> Bool { a.rawValue == b.rawValue }

  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension ProblemCode {
  // The request
  package static let badRequest = ProblemCode("bad_request", 400, "The request is malformed")
  package static let invalidRequest = ProblemCode("invalid_request", 422, "The request cannot be met")
  package static let invalidParameter = ProblemCode("invalid_parameter", 400, "A parameter is wrong")
  package static let invalidBody = ProblemCode("invalid_body", 400, "The body cannot be understood")
  package static let notFound = ProblemCode("not_found", 404, "There is nothing here")
  package static let unsupportedMediaType = ProblemCode(
    "unsupported_media_type", 415, "The body has a type that is not taken")
  package static let preconditionFailed = ProblemCode("precondition_failed", 412, "It has changed meanwhile")
  package static let preconditionRequired = ProblemCode("precondition_required", 428, "The request needs If-Match")
  package static let jobFailed = ProblemCode("job_failed", 409, "The job failed")
  package static let jobCancelled = ProblemCode("job_cancelled", 409, "The job was cancelled")
  // Who asks
  package static let unauthorized = ProblemCode("unauthorized", 401, "The request needs a key")
  package static let forbidden = ProblemCode("forbidden", 403, "The key may not do that")
  package static let rateLimited = ProblemCode("rate_limited", 429, "Too many requests")
  package static let idempotencyInFlight = ProblemCode(
    "idempotency_in_flight", 409, "A request with this key is being answered")
  package static let idempotencyMismatch = ProblemCode(
    "idempotency_mismatch", 422, "This key was used for another request")
  // The server
  package static let starting = ProblemCode("starting", 503, "The server is starting")
  package static let stopping = ProblemCode("stopping", 503, "The server is stopping")
  package static let queueFull = ProblemCode("queue_full", 503, "The queue is full")
  package static let overloaded = ProblemCode("overloaded", 503, "The server is busy")
  package static let insufficientStorage = ProblemCode("insufficient_storage", 507, "The disk is nearly full")
  package static let uploadStalled = ProblemCode("request_timeout", 408, "The request did not arrive in time")

  /// The codes of documents, options and data folders.
  package init(_ code: ErrorCode) {
    let (status, title) = Self.answer(to: code)
    self.init(code.rawValue, status, title)
  }

  private static func answer(to code: ErrorCode) -> (HTTPStatus, String) {
    switch code {
    case .unsupportedType: (415, "The document has a type that is not taken")
    case .emptyFile: (422, "The document is empty")
    case .damaged: (422, "The document is damaged")
    case .passwordRequired: (422, "The document needs a password")
    case .passwordWrong: (422, "The password is wrong")
    case .fileTooLarge: (413, "The document is too large")
    case .tooManyPages: (422, "The document has too many pages")
    case .pageTooLarge: (422, "A page is too large")
    case .imageTooLarge: (422, "An image is too large")
    case .pageUnreadable: (422, "A page cannot be read")
    case .noSuchPage: (404, "There is no such page")
    case .allPagesFailed: (422, "No page could be read")
    case .engineFailed: (500, "A stage failed")
    case .crashed: (500, "A stage crashed")
    case .timedOut: (500, "A stage took too long")
    case .outOfMemory: (500, "A stage took too much memory")
    case .languageDataMissing: (422, "Language data is not installed")
    case .engineDrift: (409, "The engines have changed")
    case .outputTooLarge: (422, "A result is too large")
    case .modelUnavailable: (503, "The language model does not answer")
    case .modelRefused: (502, "The language model refused")
    case .sandboxUnavailable: (503, "Workers cannot be confined")
    case .unknownOption: (422, "There is no such option")
    case .invalidOption: (422, "An option has a wrong value")
    case .unknownStage: (404, "There is no such stage")
    case .unknownFormat: (404, "There is no such format")
    case .outputIsInput: (409, "The output is the input")
    case .inputNotFound: (404, "The document is not there")
    case .jobNotFound: (404, "There is no such job")
    case .jobUnfinished: (409, "The job is not finished")
    case .checkpointNotFound: (404, "There is no such checkpoint")
    case .invalidRequest: (422, "The request cannot be met")
    case .bundleInvalid: (422, "The bundle is not valid")
    case .jobExists: (409, "The job is there already")
    case .invalidCheckpoint: (422, "The edit is no checkpoint of its stage")
    case .checkpointChanged: (412, "It has changed meanwhile")
    case .mergeConflict: (409, "Two versions changed the same part")
    case .dataFolderOwned: (503, "Another process has the data folder")
    case .dataFolderUnusable: (503, "The data folder cannot be used")
    case .checkpointCorrupt: (409, "A file is damaged")
    case .strangeFile: (409, "A file is not what was put there")
    case .outOfDisk: (507, "The disk is full")
    case .inputOutput: (503, "The disk failed")
    case .ledgerTooNew: (503, "The data folder is of a newer version")
    case .internalError: (500, "Something went wrong")
    }
  }
}
