/// What a stage's attempts of one job took, all together.
package struct StageCost: Sendable, Hashable {
  package let attempts: Int
  /// Processor time.
  package let cpuSeconds: Double
  /// From each order to its commit.
  package let seconds: Double

  package init(attempts: Int, cpuSeconds: Double, seconds: Double) {
    self.attempts = attempts
    self.cpuSeconds = cpuSeconds
    self.seconds = seconds
  }
}
