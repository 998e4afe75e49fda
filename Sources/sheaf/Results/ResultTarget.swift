/// Where results go.
enum ResultTarget: Sendable, Hashable {
  case folder(String)
  case standardOutput

  /// - Parameter option: the value of `--out`; nil for the current folder.
  init(_ option: String?) {
    switch option {
    case nil, "": self = .folder(".")
    case "-": self = .standardOutput
    case let path?:
      let trimmed = String(path.reversed().drop { $0 == "/" }.reversed())
      self = .folder(trimmed.isEmpty ? "/" : trimmed)
    }
  }

  /// The path of a result: `out/report.md`, `out/report/table-01.csv`; without `./`, as people write it.
  func path(of name: OutputName, suffix: String) -> String {
    switch self {
    case .standardOutput: "/dev/stdout"
    case .folder("."): name.text + suffix
    case .folder("/"): "/" + name.text + suffix
    case .folder(let folder): folder + "/" + name.text + suffix
    }
  }
}
