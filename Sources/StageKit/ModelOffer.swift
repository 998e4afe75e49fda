/// Which models the configured endpoint has for the stages: told with each order that may ask, and part of its key.
package struct ModelOffer: Codable, Sendable, Hashable {
  /// The one that answers in words; nil for none.
  package let text: String?
  /// The one that turns texts into vectors; nil for none.
  package let embedding: String?
  /// Whether the first takes pictures.
  package let seesPictures: Bool

  package init(text: String? = nil, embedding: String? = nil, seesPictures: Bool = false) {
    self.text = text
    self.embedding = embedding
    self.seesPictures = seesPictures
  }

  /// As it stands among a unit's engines. Where the models are served from does not count: only what answers does.
  package var ingredients: [String: String] {
    var ingredients: [String: String] = [:]
    ingredients["model"] = text.map { seesPictures ? "\($0) with pictures" : $0 }
    ingredients["embedding-model"] = embedding
    return ingredients
  }
}
