#if canImport(Glibc)
  import Glibc
#endif

/// Points in time for people and for programs.
enum Moment {
  /// `2026-05-04 16:20`, in the zone of the user.
  ///
  /// - Parameter seconds: since 1970.
  static func local(_ seconds: Double) -> String {
    var time = time_t(seconds)
    var parts = tm()
    guard localtime_r(&time, &parts) != nil else { return "?" }
    let date = [parts.tm_mon + 1, parts.tm_mday].map { Measure.twoDigits(Int($0)) }.joined(separator: "-")
    return
      "\(parts.tm_year + 1900)-\(date) \(Measure.twoDigits(Int(parts.tm_hour))):\(Measure.twoDigits(Int(parts.tm_min)))"
  }

  /// Seconds that only grow, for rates.
  static func steady() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
