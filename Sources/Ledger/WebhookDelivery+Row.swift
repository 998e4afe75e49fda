import Checkpoints
import GRDB
import StageKit

extension WebhookDelivery {
  init(row: Row) throws {
    let state: String = try row.decode(atIndex: 2)
    guard let state = DeliveryState(rawValue: state) else {
      throw LedgerFailure.corrupt(message: "a delivery's state is \(state)")
    }
    self.init(
      job: try row.decode(atIndex: 0), seq: try row.decode(atIndex: 1), state: state,
      jobState: try row.decode(atIndex: 3), at: try row.decode(atIndex: 4), pageCount: try row.decode(atIndex: 5),
      failure: try row.decode(JSONColumn<StageFailure>?.self, atIndex: 6)?.value, attempts: try row.decode(atIndex: 7),
      due: try row.decode(atIndex: 8),
      target: WebhookTarget(url: try row.decode(atIndex: 9), secret: try row.decode(atIndex: 10)),
      name: try row.decode(atIndex: 11), owner: try row.decode(atIndex: 12))
  }
}
