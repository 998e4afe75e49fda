import StageKit

/// How a unit's result came about, and what for.
package struct RunCause: Codable, Sendable, Hashable {
  package enum Course: String, Codable, Sendable, Hashable, CaseIterable {
    /// A worker made it for this job.
    case ran
    /// It stood under its key.
    case found
    case pinned
    /// Given up.
    case gap
    /// Given up because something it cannot do without is a gap.
    case upstreamGap = "upstream_gap"
    case failed
    case cancelled
    /// Not done yet.
    case open
  }

  package enum Reason: String, Codable, Sendable, Hashable, CaseIterable {
    /// Nothing had stood in its place.
    case first
    /// Something that its key is made of changed.
    case changed
    /// By `rerun --force`, although its result was there.
    case forced
    /// The same work again: what stood there was lost, damaged or a gap.
    case again
  }

  package let course: Course
  package let reason: Reason?
  /// The attempt that made it, of this job or another; nil where nobody knows: the job is gone, or came in a bundle.
  package let maker: AttemptSummary?
  /// The document of that job, where it is another one and still there.
  package let makerName: String?
  /// Tries before it that came to nothing.
  package let setbacks: Int

  package init(course: Course, reason: Reason?, maker: AttemptSummary?, makerName: String?, setbacks: Int) {
    self.course = course
    self.reason = reason
    self.maker = maker
    self.makerName = makerName
    self.setbacks = setbacks
  }
}
