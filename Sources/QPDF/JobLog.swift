import CQPDF

/// Gathers what qpdf says during one job; it hands over a line in pieces.
final class JobLog {
  private var warningText = ""
  private var errorText = ""
  private static let limit = 8_192  // bytes of each kind: a damaged file can warn at every object

  /// The lines so far, without the "WARNING:" before each.
  var warnings: [String] { Self.lines(warningText) }
  var errors: [String] { Self.lines(errorText) }

  static let warning: qpdf_log_fn_t = { data, length, context in
    JobLog.of(context)?.add(data, length, to: \.warningText)
    return 0
  }

  static let error: qpdf_log_fn_t = { data, length, context in
    JobLog.of(context)?.add(data, length, to: \.errorText)
    return 0
  }

  private func add(
    _ data: UnsafePointer<CChar>?, _ length: Int, to kind: ReferenceWritableKeyPath<JobLog, String>
  ) {
    guard let data, length > 0, self[keyPath: kind].utf8.count < Self.limit else { return }
    self[keyPath: kind] += String(decoding: UnsafeRawBufferPointer(start: data, count: length), as: UTF8.self)
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      ["WARNING: ", "qpdf: "].reduce(String(line)) { $0.hasPrefix($1) ? String($0.dropFirst($1.count)) : $0 }
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> JobLog? {
    context.map { Unmanaged<JobLog>.fromOpaque($0).takeUnretainedValue() }
  }
}
