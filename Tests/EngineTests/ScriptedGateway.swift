import StageKit
import Synchronization

/// A way to a language model whose answers a test decides, and which keeps what came.
final class ScriptedGateway: ModelGateway {
  let offer: ModelOffer
  let concurrency = 1
  private let questions = Mutex<[ModelQuestion]>([])
  private let script: @Sendable (Int) async throws -> String

  /// - Parameter script: given the question's number, from 1.
  init(_ model: String = "small", _ script: @escaping @Sendable (Int) async throws -> String = { "answer \($0)" }) {
    offer = ModelOffer(text: model)
    self.script = script
  }

  var asked: [ModelQuestion] { questions.withLock { $0 } }

  func answer(_ question: ModelQuestion) async throws -> ModelAnswer {
    let number = questions.withLock { questions in
      questions.append(question)
      return questions.count
    }
    return .words(text: try await script(number))
  }
}
