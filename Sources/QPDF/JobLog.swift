import CQPDF

/// Gathers what qpdf says during one job.
final class JobLog {
  private(set) var warnings: [String] = []
  private(set) var errors: [String] = []
  private static let limit = 50 // lines of each kind: a damaged file can warn at every object

  static let warning: qpdf_log_fn_t = { data, length, context in
    JobLog.text(data, length).map { JobLog.of(context)?.add($0, to: \.warnings) }
    return 0
  }

  static let error: qpdf_log_fn_t = { data, length, context in
    JobLog.text(data, length).map { JobLog.of(context)?.add($0, to: \.errors) }
    return 0
  }

  private func add(_ text: String, to list: ReferenceWritableKeyPath<JobLog, [String]>) {
    // qpdf hands over a line in pieces; a piece that is only a line end closes it.
    for piece in text.split(separator: "\n") where self[keyPath: list].count < Self.limit {
      self[keyPath: list].append(String(piece))
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> JobLog? {
    context.map { Unmanaged<JobLog>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func text(_ data: UnsafePointer<CChar>?, _ length: Int) -> String? {
    guard let data, length > 0 else { return nil }
    return String(decoding: UnsafeRawBufferPointer(start: data, count: length), as: UTF8.self)
  }
}
