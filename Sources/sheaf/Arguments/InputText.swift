import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The bytes of a file as named on the command line; `-` is standard input.
enum InputText {
  private static let longest = 256 << 20  // bytes: more than the largest checkpoint of a page

  /// - Throws: `StageFailure` with `input_not_found`, or `invalid_request` where it is too long.
  static func read(_ path: String) throws(StageFailure) -> [UInt8] {
    if path == "-", StandardStream.inputIsTerminal {
      throw .usage("Standard input is the terminal.", hint: "Name a file, or write - < FILE.")
    }
    guard let file = fopen(path == "-" ? "/dev/stdin" : path, "re") else {
      throw StageFailure(
        .inputNotFound, "\(path) cannot be read: \(String(cString: strerror(errno))).", hint: "Check the name.")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      bytes += piece[..<count]
      guard bytes.count <= longest else { throw .usage("\(path) is too long to be a checkpoint.") }
      if count < piece.count { break }
    }
    guard ferror(file) == 0 else { throw StageFailure(.inputOutput, "\(path) cannot be read to its end.") }
    return bytes
  }
}
