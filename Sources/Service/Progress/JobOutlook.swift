import CanonicalJSON

/// How far a job is, and when it may be done.
package struct JobOutlook: Sendable, Hashable {
  /// The part of the work that is done, 0…1.
  package let progress: Double
  package let pagesDone: Int
  /// Pages per minute; nil while too little is known, and for a job that is not at work.
  package let rate: Double?
  /// Nil while too little is known, and for a job that is not at work.
  package let secondsLeft: Double?

  /// What a job's JSON has of it.
  package var members: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "progress": .number(progress), "pages_done": .integer(Int64(pagesDone)),
    ]
    if let rate { members["pages_per_minute"] = .number(rate) }
    if let secondsLeft { members["seconds_left"] = .number(secondsLeft) }
    return members
  }
}
