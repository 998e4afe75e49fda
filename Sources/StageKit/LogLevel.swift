/// How much a log line matters.
package enum LogLevel: String, Codable, Sendable, Hashable, CaseIterable {
  case debug, info, warning, error
}
