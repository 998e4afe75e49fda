/// How many workers may run at once, decided from how busy everything is. Pure.
struct WorkerTarget: Sendable, Hashable {
  let least: Int
  let most: Int
  private(set) var value: Int
  /// How often in a row fewer were wanted.
  private var lowered = 0

  init(least: Int, most: Int) {
    self.least = max(1, min(least, most))
    self.most = max(1, most)
    value = self.least
  }

  /// What was measured in the last second.
  struct Reading: Sendable, Hashable {
    /// Units that run or could run.
    var demand: Int
    /// Worker processes that are there.
    var workers: Int
    /// Memory that could be had without swapping, bytes; nil where nobody knows.
    var availableMemory: Int?
    /// Cores that processes other than ours keep busy.
    var foreignCores: Double
  }

  /// Memory that a worker may need, bytes: what it is recycled at.
  static let workerMemory = 320 << 20
  /// Memory that is left to the rest of the machine, bytes.
  static let reserve = 256 << 20
  /// Readings in a row that want fewer before there are fewer: a moment's noise stops nobody.
  static let patience = 3

  mutating func update(_ reading: Reading) {
    var wanted = min(most, reading.demand)
    wanted = min(wanted, most - Int(max(0, reading.foreignCores).rounded()))
    if let memory = reading.availableMemory {
      wanted = min(wanted, reading.workers + max(0, memory - Self.reserve) / Self.workerMemory)
    }
    wanted = max(least, wanted)
    if wanted >= value {
      value = wanted
      lowered = 0
    } else {
      lowered += 1
      guard lowered >= Self.patience else { return }
      value = wanted
      lowered = 0
    }
  }
}
