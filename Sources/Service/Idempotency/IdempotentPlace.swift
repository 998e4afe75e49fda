/// One key of one caller, while a request has it; given back with the last reference.
final class IdempotentPlace: Sendable {
  let place: Idempotency.Place
  private let giveBack: @Sendable (Idempotency.Place) -> Void

  init(_ place: Idempotency.Place, giveBack: @escaping @Sendable (Idempotency.Place) -> Void) {
    self.place = place
    self.giveBack = giveBack
  }

  deinit { giveBack(place) }
}
