import CQPDF
import Glibc
import PDFPassword

/// One run of qpdf inside this process: what its command line does, without its output on ours.
///
/// It wants paths: callers give it their own scratch folder. Not reentrant per call, but free of global state.
package struct PDFJob: Sendable {
  /// As on qpdf's command line, without the program's name.
  package let arguments: [String]

  /// Of the document that is read first.
  private let password: String?

  package init(arguments: [String], password: String? = nil) {
    self.arguments = arguments
    self.password = password
  }

  /// Lays one PDF over another, page by page, below what is written last; both encrypted ones come out open.
  ///
  /// The result is a function of the inputs: identifiers are derived from the content, no date is set.
  /// - Parameter under: whether the second file goes beneath the first instead.
  package static func combine(
    _ page: String, with layer: String, under: Bool = false, password: String? = nil, to output: String
  ) -> PDFJob {
    PDFJob(
      arguments: reproducible + ["--decrypt", page, under ? "--underlay" : "--overlay", layer, "--", output],
      password: password)
  }

  /// Rewrites a PDF without its encryption, repaired where it is damaged.
  package static func decrypt(_ input: String, password: String?, to output: String) -> PDFJob {
    PDFJob(arguments: reproducible + ["--decrypt", input, output], password: password)
  }

  /// Same input, same bytes; small.
  package static let reproducible = ["--deterministic-id", "--object-streams=generate", "--warning-exit-0"]

  /// Runs the job.
  ///
  /// - Returns: the warnings qpdf had; a result with warnings is a result.
  /// - Throws: `QPDFFailure` with qpdf's own words.
  @discardableResult
  package func run() throws -> [String] {
    for candidate in password.map(PasswordBytes.all) ?? [] {
      do {
        return try Self.run(Self.options(candidate) + arguments)
      } catch let failure as QPDFFailure {
        guard case .password = failure else { throw failure }
      }
    }
    // To qpdf, unlike Poppler, a password is also wrong for a document that opens without any.
    return try Self.run(arguments)
  }

  /// Gives a password by its bytes, for which qpdf then seeks no other encoding.
  private static func options(_ password: PasswordBytes) -> [String] {
    let digits = password.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return ["--password-mode=hex-bytes", "--suppress-password-recovery", "--password=\(digits)"]
  }

  private static func run(_ arguments: [String]) throws -> [String] {
    let log = JobLog()
    var job: qpdfjob_handle? = qpdfjob_init()
    defer { qpdfjob_cleanup(&job) }
    var logger: qpdflogger_handle? = qpdflogger_create()
    defer { qpdflogger_cleanup(&logger) }
    let context = Unmanaged.passUnretained(log).toOpaque()
    qpdflogger_set_info(logger, qpdf_log_dest_discard, nil, nil)
    qpdflogger_set_warn(logger, qpdf_log_dest_custom, JobLog.warning, context)
    qpdflogger_set_error(logger, qpdf_log_dest_custom, JobLog.error, context)
    qpdfjob_set_logger(job, logger)
    // The handlers write into `log` as long as the job lives.
    return try withExtendedLifetime(log) {
      guard Self.initialize(job, ["qpdf"] + arguments) == Self.success else {
        throw QPDFFailure.usage(detail: Self.detail(log))
      }
      let code = qpdfjob_run(job)
      if code == Self.success || code == Self.successWithWarnings { return log.warnings }
      let detail = Self.detail(log)
      throw detail.contains("invalid password") ? QPDFFailure.password(detail: detail) : .failed(detail: detail)
    }
  }

  // qpdf/Constants.h, qpdf_exit_code_e: 2 is an error, 3 a success with warnings.
  private static let success: Int32 = 0
  private static let successWithWarnings: Int32 = 3

  private static func initialize(_ job: qpdfjob_handle?, _ arguments: [String]) -> Int32 {
    let copies = arguments.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    let vector = copies.map { UnsafePointer($0) } + [nil]
    return vector.withUnsafeBufferPointer { qpdfjob_initialize_from_argv(job, $0.baseAddress) }
  }

  private static func detail(_ log: JobLog) -> String {
    let lines = log.errors + log.warnings
    return lines.isEmpty ? "no reason given" : lines.joined(separator: "; ")
  }
}
