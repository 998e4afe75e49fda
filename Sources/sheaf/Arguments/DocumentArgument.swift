import Checkpoints
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// A document as named on the command line: a path, or `-` for standard input.
struct DocumentArgument: Sendable, Hashable {
  /// As given.
  let path: String
  let name: OutputName

  /// The same path twice is one document.
  static func list(_ paths: [String]) -> [DocumentArgument] {
    var seen: Set<String> = []
    let paths = paths.filter { seen.insert($0).inserted }
    return zip(paths, OutputNames.of(paths)).map { DocumentArgument(path: $0, name: $1) }
  }

  var isStandardInput: Bool { path == "-" }

  /// What messages call it.
  var subject: String { isStandardInput ? "stdin" : path }

  /// Which file it is; nil for standard input and where nothing is.
  var identity: FileIdentity? { isStandardInput ? nil : FileIdentity(following: path) }

  /// Opens it for reading. The caller closes the descriptor.
  ///
  /// - Throws: `StageFailure` with `input_not_found`, or `input_output` where it may not be read.
  func open() throws(StageFailure) -> Int32 {
    if isStandardInput {
      guard isatty(STDIN_FILENO) == 0 else {
        throw .usage("Standard input is the terminal.", hint: "Write sheaf run - < FILE.")
      }
      return try checked(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3))
    }
    let descriptor = try checked(Glibc.open(path, O_RDONLY | O_CLOEXEC))
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw StageFailure(.inputNotFound, "This is a folder.", hint: "Name the documents in it.")
    }
    return descriptor
  }

  private func checked(_ descriptor: Int32) throws(StageFailure) -> Int32 {
    guard descriptor < 0 else { return descriptor }
    switch errno {
    case ENOENT, ENOTDIR, EBADF:
      throw StageFailure(.inputNotFound, "There is no such file.", hint: "Check the name.")
    case EACCES, EPERM:
      throw StageFailure(.inputOutput, "The file may not be read.", hint: "Check its permissions.")
    default:
      throw StageFailure(.inputOutput, "The file cannot be read: \(String(cString: strerror(errno))).")
    }
  }
}
