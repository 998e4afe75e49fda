import Checkpoints
import Ledger

/// Which messages are on their way, and to whom there is room for more.
///
/// One receiver has a share, and so have all together that are slow: a message that waits for its receiver's answer
/// takes a place that others need.
struct WebhookTraffic: Sendable {
  private struct Place: Hashable {
    let job: JobID
    let seq: Int64

    init(_ delivery: WebhookDelivery) {
      job = delivery.job
      seq = delivery.seq
    }
  }

  private let configuration: WebhookConfiguration
  private var underWay: Set<Place> = []
  /// Those that came to an end since the outbox was last looked at: what was read of them then may be out of date.
  private var ended: Set<Place> = []
  private var perReceiver: [String: Int] = [:]
  /// Receivers that were slow when they were last sent something.
  private var slow = RecentSet(capacity: WebhookTraffic.mostSlow)

  /// Slow receivers that are remembered.
  private static let mostSlow = 1000

  init(_ configuration: WebhookConfiguration) { self.configuration = configuration }

  var knowsSlow: Bool { !slow.names.isEmpty }

  /// The outbox is going to be looked at.
  mutating func look() { ended = [] }

  var hasRoom: Bool { underWay.count < configuration.concurrency }

  /// The receivers that are sent nothing now.
  ///
  /// - Parameter slow: whether those that are slow are sent something, as far as their share goes.
  func excluded(slow isSlowTaken: Bool) -> Set<String> {
    let saturated = Set(perReceiver.filter { $0.value >= configuration.concurrencyPerReceiver }.keys)
    return isSlowTaken && hasRoomForSlow ? saturated : saturated.union(slow.names)
  }

  private func isOpen(_ receiver: String, slow isSlowTaken: Bool) -> Bool {
    perReceiver[receiver, default: 0] < configuration.concurrencyPerReceiver
      && (!slow.contains(receiver) || (isSlowTaken && hasRoomForSlow))
  }

  private var hasRoomForSlow: Bool {
    perReceiver.reduce(0) { $0 + (slow.contains($1.key) ? $1.value : 0) } < configuration.concurrencyOfSlow
  }

  /// - Returns: whether there is room for it; if so, `end` must follow.
  mutating func begin(_ delivery: WebhookDelivery, slow isSlowTaken: Bool) -> Bool {
    let receiver = Self.receiver(of: delivery)
    guard hasRoom, !underWay.contains(Place(delivery)), !ended.contains(Place(delivery)),
      isOpen(receiver, slow: isSlowTaken)
    else {
      return false
    }
    underWay.insert(Place(delivery))
    perReceiver[receiver, default: 0] += 1
    return true
  }

  /// - Parameter time: how long it was on its way.
  mutating func end(_ delivery: WebhookDelivery, after time: Duration) {
    let receiver = Self.receiver(of: delivery)
    underWay.remove(Place(delivery))
    ended.insert(Place(delivery))
    let count = perReceiver[receiver, default: 0]
    perReceiver[receiver] = count > 1 ? count - 1 : nil
    if time >= configuration.slow { slow.insert(receiver) } else { slow.remove(receiver) }
  }

  /// The host with its port, in lower case, exactly as `WebhookQuery` tells it.
  private static func receiver(of delivery: WebhookDelivery) -> String {
    let url = delivery.target.url
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url.dropFirst(2)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }.unicodeScalars.map { scalar in
      ("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar
    }
    return String(String.UnicodeScalarView(authority))
  }
}

/// Names, of which the oldest is forgotten where there are too many.
private struct RecentSet: Sendable {
  let capacity: Int
  private(set) var names: Set<String> = []
  private var order: [String] = []

  init(capacity: Int) { self.capacity = capacity }

  func contains(_ name: String) -> Bool { names.contains(name) }

  mutating func insert(_ name: String) {
    guard names.insert(name).inserted else { return }
    order.append(name)
    if order.count > capacity { names.remove(order.removeFirst()) }
  }

  mutating func remove(_ name: String) {
    if names.remove(name) != nil { order.removeAll { $0 == name } }
  }
}
