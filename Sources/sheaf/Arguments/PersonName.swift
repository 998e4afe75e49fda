#if canImport(Glibc)
  import Glibc
#endif

/// Who does it, as pins and the history have it.
enum PersonName {
  /// - Parameter given: as on the command line; else the name that the user logs in with.
  static func of(_ given: String?) -> String {
    if let given, !given.isEmpty { return given }
    guard let entry = getpwuid(geteuid()), let name = entry.pointee.pw_name else { return "user \(geteuid())" }
    return String(cString: name)
  }
}
