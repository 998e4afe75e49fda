import CanonicalJSON
import StageKit

/// The models that an order names, asked through the engine: a worker has no sockets.
final class ConsultedModels {
  /// Nil where the order names none.
  let text: (any LanguageModel)?
  let embedding: (any EmbeddingModel)?
  private let desk: Desk

  init(_ offer: ModelOffer?, link: EngineLink) {
    let desk = Desk(link: link)
    self.desk = desk
    text = offer?.text.map { TextModel(name: $0, seesPictures: offer?.seesPictures == true, desk: desk) }
    embedding = offer?.embedding.map { VectorModel(name: $0, desk: desk) }
  }

  /// How the questions went, for the checkpoint's record: an answer that is missing there can be asked for again.
  var recorded: [String: String] {
    guard desk.asked > 0 else { return [:] }
    var recorded = ["model.asked": String(desk.asked)]
    if let failure = desk.lastFailure {
      recorded["model.unanswered"] = String(desk.unanswered)
      recorded["model.failure"] = failure.rawValue
    }
    return recorded
  }

  /// Asks, and counts.
  private final class Desk {
    private let link: EngineLink
    private(set) var asked = 0
    private(set) var unanswered = 0
    private(set) var lastFailure: ErrorCode?

    init(link: EngineLink) { self.link = link }

    func ask(_ question: ModelQuestion) throws -> ModelAnswer {
      asked += 1
      do {
        return try link.consult(question)
      } catch let failure as StageFailure {
        unanswered += 1
        lastFailure = failure.code
        throw failure
      }
    }
  }

  private struct TextModel: LanguageModel {
    let name: String
    let seesPictures: Bool
    let desk: Desk

    func answer(prompt: String, schema: Schema?, picture: ModelPicture?) throws -> String {
      let question = ModelQuestion.words(prompt: prompt, schema: schema.map(Self.document), picture: picture)
      guard case .words(let text) = try desk.ask(question) else { throw ConsultedModels.otherAnswer }
      return text
    }

    /// The schema by itself, with the types it names.
    private static func document(_ schema: Schema) -> JSONValue {
      var definitions: [String: JSONValue] = [:]
      guard case .object(var members) = schema.json(&definitions) else { return .null }
      if !definitions.isEmpty { members["$defs"] = .object(definitions) }
      return .object(members)
    }
  }

  private struct VectorModel: EmbeddingModel {
    let name: String
    let desk: Desk

    func embed(_ texts: [String]) throws -> [[Double]] {
      guard case .vectors(let vectors) = try desk.ask(.vectors(texts: texts)) else { throw ConsultedModels.otherAnswer }
      return vectors
    }
  }

  private static let otherAnswer = StageFailure(.modelRefused, "The language model answered another question.")
}
