import CanonicalJSON
import Checkpoints

/// What a client asks of the hub over its WebSocket.
enum ProgressCommand: Sendable, Hashable {
  /// Watch these jobs, each from just after the number in `since`, or from a snapshot.
  case subscribe(jobs: [JobID], since: [JobID: Int64])
  /// Watch all jobs that it may see; those in `since` from just after their number.
  case subscribeToAll(since: [JobID: Int64])
  case unsubscribe(jobs: [JobID])
  case unsubscribeFromAll

  /// What is wrong with a message, as the client is told.
  struct Failure: Error, Sendable, Hashable {
    let code: String
    let detail: String
    /// As the client wrote it.
    var job: String?

    static func invalid(_ detail: String) -> Failure { Failure(code: "invalid_request", detail: detail) }

    static func noJob(_ job: String) -> Failure {
      Failure(code: "job_not_found", detail: "There is no such job.", job: String(job.prefix(40)))
    }

    static func tooMany(_ limit: Int) -> Failure {
      Failure(code: "too_many_subscriptions", detail: "One connection watches at most \(limit) jobs by name.")
    }

    static let tooFast = Failure(code: "rate_limited", detail: "Too many messages.")
  }

  /// Reads a message; one may ask for several things.
  ///
  /// - Throws: `Failure`; then nothing of the message is done.
  static func read(_ text: [UInt8], _ limits: ProgressLimits) throws(Failure) -> [ProgressCommand] {
    // Whatever makes it no JSON is the client's to find out.
    guard let value = try? CanonicalDecoder().decode(JSONValue.self, from: text), let members = value.object,
      !members.isEmpty
    else { throw .invalid("The message is not a JSON object with subscribe or unsubscribe.") }
    for name in members.keys.sorted() where name != "subscribe" && name != "unsubscribe" {
      throw .invalid("The message has a member \"\(name.prefix(40))\" that is not known.")
    }
    var commands: [ProgressCommand] = []
    // What a message gives up makes room for what it asks for.
    if let body = members["unsubscribe"] {
      commands.append(
        try jobs(body, limits).map { .unsubscribe(jobs: $0) } ?? .unsubscribeFromAll)
    }
    if let body = members["subscribe"] {
      let since = try since(body["since"], limits)
      commands.append(
        try jobs(body, limits).map { .subscribe(jobs: $0, since: since) } ?? .subscribeToAll(since: since))
    }
    return commands
  }

  /// - Returns: nil for all.
  private static func jobs(_ body: JSONValue, _ limits: ProgressLimits) throws(Failure) -> [JobID]? {
    if body["jobs"]?.string == "*" { return nil }
    guard let items = body["jobs"]?.array else { throw .invalid("jobs must be a list of job ids, or \"*\".") }
    guard items.count <= limits.subscriptions else { throw .tooMany(limits.subscriptions) }
    var jobs: [JobID] = []
    for item in items {
      guard let text = item.string else { throw .invalid("jobs must be a list of job ids, or \"*\".") }
      guard let job = JobID(text) else { throw .noJob(text) }
      if !jobs.contains(job) { jobs.append(job) }
    }
    return jobs
  }

  private static func since(_ value: JSONValue?, _ limits: ProgressLimits) throws(Failure) -> [JobID: Int64] {
    guard let value, !value.isNull else { return [:] }
    guard let members = value.object else { throw .invalid("since must be an object of numbers by job id.") }
    guard members.count <= limits.sinceJobs else { throw .tooMany(limits.sinceJobs) }
    var since: [JobID: Int64] = [:]
    for (text, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let job = JobID(text) else { throw .noJob(text) }
      guard let number = value.int, number >= 0 else { throw .invalid("since must hold whole numbers from 0.") }
      since[job] = Int64(number)
    }
    return since
  }
}
