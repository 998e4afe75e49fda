import Foundation

enum ThreadName {
  /// The calling thread's, as `top -H` shows it.
  static var current: String {
    let text = (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? ""
    return text.trimmingCharacters(in: .newlines)
  }

  /// How far the calling thread gives way.
  static var niceness: Int { Int(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)) }
}
