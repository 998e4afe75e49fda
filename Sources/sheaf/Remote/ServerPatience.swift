/// For how long a request that a server puts off is sent again.
struct ServerPatience: Sendable, Hashable {
  /// Seconds of waiting, all of a request's waits together; after them the refusal is the answer.
  let total: Double

  /// Of what is asked in passing: a key's rate lets the next through within seconds.
  static let question = ServerPatience(total: 300)
  /// Of a document: room in a full queue comes when the jobs before it are done.
  static let document = ServerPatience(total: 3600)

  /// A server that wants to be left alone for longer is asked sooner nevertheless.
  private static let longestWait = 300.0  // seconds
  /// One that names no time worth the name is not asked without a rest.
  private static let shortestWait = 0.5  // seconds

  /// - Parameter waited: seconds that the request has waited before.
  /// - Returns: seconds to wait before it is sent again; nil where the refusal stands.
  func wait(after refusal: ServerRefusal, waited: Double) -> Double? {
    guard refusal.isPutOff, let told = refusal.wait, told.isFinite else { return nil }
    let wait = min(max(told, Self.shortestWait), Self.longestWait)
    return waited + wait <= total ? wait : nil
  }
}
