import CanonicalJSON
import Curl
import EventLoop
import StageKit

/// Asks a server that speaks OpenAI's interface, as Ollama, vLLM, llama.cpp and the large providers do.
///
/// The operator has named the server, so it may stand in any network; redirects are not followed, so nobody else is ever
/// asked, and no proxy of the environment is used. At most `concurrency` questions are on their way, each with an answer
/// of at most `mostAnswer` bytes.
///
/// - Source: https://platform.openai.com/docs/api-reference/chat,
///   https://platform.openai.com/docs/api-reference/embeddings
package final class OpenAIEndpoint: ModelGateway {
  private let configuration: EndpointConfiguration
  private let pool: BlockingPool
  private let breaker: CircuitBreaker
  private let retry: EndpointRetry

  /// - Parameter retry: how often and when a question is asked again.
  package init(
    _ configuration: EndpointConfiguration, retry: EndpointRetry = EndpointRetry(),
    breaker: CircuitBreaker = CircuitBreaker()
  ) {
    self.configuration = configuration
    self.retry = retry
    self.breaker = breaker
    pool = BlockingPool(threads: configuration.concurrency, name: "sheaf-models")
  }

  package var offer: ModelOffer { configuration.models }
  package var concurrency: Int { configuration.concurrency }

  package func answer(_ question: ModelQuestion) async throws -> ModelAnswer {
    let exchange = try exchange(question)
    var attempt = 1
    while true {
      try breaker.admit()
      do {
        let answer = try await exchange.answer(in: perform(exchange))
        breaker.succeeded()
        return answer
      } catch let trouble as EndpointTrouble {
        // A server that answers, if only to refuse, is there.
        if trouble.isOutage { breaker.failed() } else { breaker.succeeded() }
        guard trouble.isTransient, let pause = retry.pause(after: attempt, asked: trouble.asked) else {
          throw trouble.failure
        }
        try await Task.sleep(for: pause)
        attempt += 1
      } catch {
        breaker.abandoned()
        throw error
      }
    }
  }

  /// Asks which models there are: whether the endpoint answers at all, for `sheaf doctor`.
  ///
  /// - Throws: `StageFailure`.
  package func examine() async throws {
    do {
      _ = try await perform(path: "/models", body: nil, patience: .seconds(10))
    } catch let trouble as EndpointTrouble {
      throw trouble.failure
    }
  }

  private func exchange(_ question: ModelQuestion) throws(StageFailure) -> any EndpointExchange {
    switch question {
    case .words(let prompt, let schema, let picture):
      guard let model = configuration.models.text else { throw Self.noModel("text") }
      return ChatExchange(model: model, prompt: prompt, schema: schema, picture: picture)
    case .vectors(let texts):
      guard let model = configuration.models.embedding else { throw Self.noModel("embedding") }
      return EmbeddingExchange(model: model, texts: texts)
    }
  }

  private static func noModel(_ kind: String) -> StageFailure {
    StageFailure(.modelRefused, "There is no \(kind) model.", hint: "Name one with model.\(kind).")
  }

  private func perform(_ exchange: any EndpointExchange) async throws -> JSONValue {
    let bytes = try CanonicalEncoder().encode(exchange.request)
    let body = try await perform(path: exchange.path, body: bytes, patience: configuration.timeout)
    do {
      return try CanonicalDecoder().decode(JSONValue.self, from: body)
    } catch {
      throw EndpointTrouble.nonsense("is not JSON")
    }
  }

  private func perform(path: String, body: [UInt8]?, patience: Duration) async throws -> [UInt8] {
    let request = try request(path, body, patience)
    let cancellation = TransferCancellation()
    let (answer, bytes) = try await withTaskCancellationHandler {
      try await pool.run { try Self.perform(request, cancellation) }
    } onCancel: {
      cancellation.cancel()
    }
    guard (200..<300).contains(answer.status) else {
      throw EndpointTrouble.status(answer.status, retryAfter: answer.header("Retry-After").flatMap(Double.init))
    }
    return bytes
  }

  private func request(_ path: String, _ body: [UInt8]?, _ patience: Duration) throws -> TransferRequest {
    var base = configuration.base.text
    while base.hasSuffix("/") { base.removeLast() }
    let address: WebAddress
    do { address = try WebAddress(base + path) } catch {
      throw StageFailure(.modelRefused, "The endpoint's address is not valid.", hint: "Look at model.endpoint.")
    }
    var headers = [(name: "Accept", value: "application/json")]
    if body != nil { headers.append(("Content-Type", "application/json")) }
    if let key = configuration.key { headers.append(("Authorization", "Bearer \(key)")) }
    return TransferRequest(
      body.map { .post($0) } ?? .get, address, headers: headers,
      // A model thinks before it says the first word, so silence is no stall.
      limits: TransferLimits(connect: .seconds(10), total: patience, stall: patience, body: Self.mostAnswer))
  }

  private static func perform(
    _ request: TransferRequest, _ cancellation: TransferCancellation
  ) throws -> (TransferAnswer, [UInt8]) {
    var bytes: [UInt8] = []
    do {
      let answer = try Transfer.perform(request, rule: { _, _ in true }, cancellation: cancellation) { _, piece in
        bytes += piece
      }
      return (answer, bytes)
    } catch TransferFailure.cancelled {
      throw CancellationError()
    } catch let failure as TransferFailure {
      throw EndpointTrouble.transfer(failure)
    }
  }

  /// Bytes: vectors of 32 texts have some megabytes as JSON.
  private static let mostAnswer = 12 << 20
}
