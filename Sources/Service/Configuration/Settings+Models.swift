import Curl
import ModelEndpoint
import StageKit

extension Settings {
  package static let modelEndpoint = TextSetting(
    "model.endpoint", default: "", bound: "a URL such as http://127.0.0.1:11434/v1",
    "Where language models are served with OpenAI's interface. Text of documents is sent there; empty for nowhere."
  ) { $0.isEmpty || !$0.contains("?") && (try? WebAddress($0)) != nil }

  package static let textModel = TextSetting(
    "model.text", default: "", bound: modelName,
    "The model that is asked in words: for types and fields that the rules leave open, summaries, figures.",
    isValid: isModelName)

  package static let embeddingModel = TextSetting(
    "model.embedding", default: "", bound: modelName, "The model that turns chunks into vectors.", isValid: isModelName)

  package static let modelPictures = FlagSetting(
    "model.pictures", default: false, "Whether the text model takes pictures; figures are then shown to it.")

  package static let modelKey = TextSetting(
    "model.key", default: "", bound: "a key without blanks", secret: true,
    "Sent to the endpoint as a bearer token; better told by the environment than by a file."
  ) { $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }

  package static let modelTime = IntegerSetting(
    "model.time", default: 120, in: 1...3_600, unit: "seconds",
    "For how long one answer may take; a question is tried three times.")

  package static let modelConcurrency = IntegerSetting(
    "model.concurrency", default: 2, in: 1...64, unit: "questions",
    "Questions at the same time; so many workers more, which mostly wait.")

  private static let modelName = "a model's name as the endpoint knows it"

  private static let isModelName: @Sendable (String) -> Bool = { name in
    name.utf8.count <= 200 && name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  static let models: [any Setting] = [
    modelEndpoint, textModel, embeddingModel, modelPictures, modelKey, modelTime, modelConcurrency,
  ]
}

extension ServiceConfiguration {
  /// The way to the configured language models; nil where none is.
  package var modelEndpoint: OpenAIEndpoint? {
    // The setting has checked it.
    guard let base = try? WebAddress(self[Settings.modelEndpoint]) else { return nil }
    let (text, embedding, key) = (self[Settings.textModel], self[Settings.embeddingModel], self[Settings.modelKey])
    let models = ModelOffer(
      text: text.isEmpty ? nil : text, embedding: embedding.isEmpty ? nil : embedding,
      seesPictures: self[Settings.modelPictures])
    return OpenAIEndpoint(
      EndpointConfiguration(
        base: base, models: models, key: key.isEmpty ? nil : key, timeout: .seconds(self[Settings.modelTime]),
        concurrency: self[Settings.modelConcurrency]))
  }

  /// - Throws: `SettingFailure` where only half of what models need is told.
  func checkModels() throws(SettingFailure) {
    let hasModel = !self[Settings.textModel].isEmpty || !self[Settings.embeddingModel].isEmpty
    guard self[Settings.modelEndpoint].isEmpty == !hasModel else {
      throw hasModel
        ? SettingFailure(key: Settings.modelEndpoint.key, message: "is empty; the models need it")
        : SettingFailure(
          key: Settings.modelEndpoint.key,
          message: "needs \(Settings.textModel.key) or \(Settings.embeddingModel.key) beside it")
    }
  }
}
