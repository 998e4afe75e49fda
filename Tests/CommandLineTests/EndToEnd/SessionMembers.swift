import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The processes of a session, which everything inherits that a program starts.
enum SessionMembers {
  /// - Returns: process ids and names; the session's leader left out.
  static func of(_ session: pid_t) throws -> [(process: pid_t, name: String)] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
      // A process may end while we look.
      guard let process = pid_t(name), process != session,
        let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        let open = stat.firstIndex(of: "("), let close = stat.lastIndex(of: ")")
      else { return nil }
      // After the name: state, parent, group, session. A zombie is dead already.
      let fields = stat[stat.index(after: close)...].split(separator: " ")
      guard fields.count > 3, fields[0] != "Z", pid_t(fields[3]) == session else { return nil }
      return (process, String(stat[stat.index(after: open)..<close]))
    }
  }

  /// Waits for those to end that die with their parent, and ends the others.
  ///
  /// - Returns: the names of those that had to be ended.
  static func outliving(_ session: pid_t) async throws -> [String] {
    for _ in 0..<100 {
      if try of(session).isEmpty { return [] }
      try await Task.sleep(for: .milliseconds(20))
    }
    let rest = try of(session)
    for member in rest { kill(member.process, SIGKILL) }
    return rest.map(\.name)
  }
}
