/// Why a qpdf job failed.
package enum QPDFFailure: Error, Hashable, CustomStringConvertible {
  /// The arguments are wrong.
  case usage(detail: String)
  /// The file wants a password, or another one.
  case password(detail: String)
  /// A file is damaged, missing or cannot be written.
  case failed(detail: String)

  package var description: String {
    switch self {
    case .usage(let detail): "qpdf was called wrongly: \(detail)"
    case .password(let detail): "qpdf needs the right password: \(detail)"
    case .failed(let detail): "qpdf failed: \(detail)"
    }
  }
}
