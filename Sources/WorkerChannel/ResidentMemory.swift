import Glibc

/// How much memory a process holds at present.
package enum ResidentMemory {
  /// Resident memory in bytes, shared pages included, true to some dozen pages (proc(5), statm); 0 for one that has
  /// ended and is not collected.
  ///
  /// - Returns: nil if there is no such process. Ask only while its exit status is uncollected.
  package static func of(_ pid: pid_t) -> Int? {
    guard let fields = ProcessFile.read("statm", of: pid)?.split(separator: " "), fields.count > 1,
      let pages = Int(fields[1])
    else { return nil }
    return pages * Int(getpagesize())
  }
}
