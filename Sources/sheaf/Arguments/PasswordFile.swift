import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The file that `--password-file` names; its first line is the password.
enum PasswordFile {
  /// - Throws: `StageFailure` with `input_not_found`, or `invalid_request` where it holds no password.
  static func read(_ path: String) throws(StageFailure) -> String {
    guard let file = fopen(path == "-" ? "/dev/stdin" : path, "re") else {
      throw StageFailure(
        .inputNotFound, "The password file \(path) cannot be read: \(String(cString: strerror(errno))).",
        hint: "Check --password-file.")
    }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: longest)
    let count = fread(&bytes, 1, longest, file)
    return try password(in: bytes[..<count])
  }

  /// Without the end of its line, however that is written.
  static func password(in bytes: some Collection<UInt8>) throws(StageFailure) -> String {
    var line = Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard !line.isEmpty else {
      throw .usage("The password file's first line is empty.", hint: "Write the password there.")
    }
    guard line.count < longest else {
      throw .usage("The password file's first line is too long.", hint: "Write the password there.")
    }
    guard let text = String(validating: line, as: UTF8.self) else {
      throw .usage("The password file is not UTF-8.", hint: "Write the password as UTF-8.")
    }
    return text
  }

  private static let longest = 4096  // bytes; PDF looks at 127 of a password
}
