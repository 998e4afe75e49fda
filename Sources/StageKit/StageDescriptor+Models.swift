import CanonicalJSON

extension StageDescriptor {
  /// The models that a unit of this row may ask, with these options.
  ///
  /// - Parameter offer: what is configured; nil for nothing.
  /// - Returns: nil where it asks none, so that it is an ordinary unit.
  package func models(with options: JSONValue, of offer: ModelOffer?) -> ModelOffer? {
    guard let offer else { return nil }
    let text = isOn(consults.text, in: options) ? offer.text : nil
    let embedding = isOn(consults.embedding, in: options) ? offer.embedding : nil
    guard text != nil || embedding != nil else { return nil }
    return ModelOffer(text: text, embedding: embedding, seesPictures: text != nil && offer.seesPictures)
  }

  /// What of the row's ingredients and of the models enters the key of a unit with these options.
  ///
  /// - Parameter models: those that the unit may ask.
  /// - Throws: `StageFailure` with `language_data_missing`.
  package func keyed(options: JSONValue, models: ModelOffer?) throws(StageFailure) -> [String: String] {
    var keyed = try ingredients.keyed(options: options)
    if let models { keyed.merge(models.ingredients) { own, _ in own } }
    return keyed
  }

  private func isOn(_ names: [String], in options: JSONValue) -> Bool { names.contains { options[$0]?.bool == true } }
}
