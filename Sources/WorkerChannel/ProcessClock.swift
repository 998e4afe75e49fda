import Glibc

/// How much CPU time a process has used.
package enum ProcessClock {
  /// CPU seconds of all threads of the process, user and system, in steps of 10 ms; without its children.
  ///
  /// - Returns: nil if there is no such process. Ask only while its exit status is uncollected.
  package static func cpuSeconds(_ pid: pid_t) -> Double? {
    ProcessFile.read("stat", of: pid).flatMap(cpuSeconds(stat:))
  }

  /// Reads the line of `/proc/<pid>/stat`.
  static func cpuSeconds(stat: String) -> Double? {
    // The program's name is in parentheses and may itself hold blanks and parentheses.
    guard let nameEnd = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[nameEnd...].dropFirst().split(separator: " ")
    // The first field after the name is number 3 in proc(5); utime and stime are 14 and 15.
    guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return nil }
    return Double(user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
