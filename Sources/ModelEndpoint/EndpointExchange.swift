import CanonicalJSON
import StageKit

/// One kind of question: what is sent, and what is read from what comes.
protocol EndpointExchange: Sendable {
  /// Appended to the endpoint's base.
  var path: String { get }
  var request: JSONValue { get }

  /// - Throws: `EndpointTrouble` where the reply holds no answer.
  func answer(in reply: JSONValue) throws -> ModelAnswer
}
