/// How fast a job's work has gone since somebody looks at it.
///
/// Pure: work and times come in.
struct WorkPace: Sendable, Hashable {
  /// Since when, in seconds since 1970; nil before it began.
  private(set) var began: Double?
  /// Work and pages that were there already: no measure of speed.
  private var given = 0.0
  private var givenPages = 0

  private static let shortest = 2.0  // seconds: a rate of less is noise
  private static let smallestPart = 0.02  // of the work: what less than that foretells is noise

  /// Begins to measure.
  mutating func begin(at now: Double, work: Double, pages: Int) {
    began = now
    given = work
    givenPages = pages
  }

  /// Takes note of what was found and not made.
  mutating func give(work: Double, pages: Int) {
    given += work
    givenPages += pages
  }

  /// Pages per minute; nil while too little is known.
  func rate(pages: Int, at now: Double) -> Double? {
    guard let began, now - began >= Self.shortest, pages > givenPages else { return nil }
    return Double(pages - givenPages) * 60 / (now - began)
  }

  /// Seconds until all is done at the pace so far; nil while too little is known.
  func timeLeft(done: Double, of all: Double, at now: Double) -> Double? {
    guard let began, all > 0, now - began >= Self.shortest else { return nil }
    let part = (done - given) / all
    return part >= Self.smallestPart ? (now - began) * max(0, all - done) / all / part : nil
  }
}
