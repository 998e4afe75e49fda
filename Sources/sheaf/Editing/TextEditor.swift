import Foundation
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The user's editor over a temporary file, which goes with this value unless it is kept.
final class TextEditor {
  let path: String
  private let command: String
  private var isKept = false

  /// - Parameters:
  ///   - name: what the file is called.
  ///   - environment: the process's; `$VISUAL`, else `$EDITOR`, else `vi`.
  init(_ text: [UInt8], named name: String, environment: [String: String]) throws {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    command = value("VISUAL") ?? value("EDITOR") ?? "vi"
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sheaf-edit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    path = folder.appendingPathComponent(name).path
    try Data(text).write(to: URL(fileURLWithPath: path))
  }

  deinit {
    guard !isKept else { return }
    // A temporary file that cannot be removed is the system's to sweep.
    try? FileManager.default.removeItem(at: URL(fileURLWithPath: path).deletingLastPathComponent())
  }

  /// Leaves the file where it is.
  func keep() { isKept = true }

  /// Lets the user edit, and waits for the end.
  ///
  /// - Returns: the text as it was left.
  /// - Throws: `StageFailure` where the editor cannot be started or ends with a failure.
  func edit() throws -> [UInt8] {
    // By the shell, since people give the variable arguments; `system` leaves the terminal to the editor.
    let quoted = "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    guard system("\(command) \(quoted)") == 0 else {
      throw StageFailure.usage(
        "The editor \"\(command)\" ended with a failure.", hint: "Set $EDITOR, or use --file or --patch.")
    }
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
