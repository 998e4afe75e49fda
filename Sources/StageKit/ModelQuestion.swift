import CanonicalJSON

/// What a stage asks of a model, on its way from the worker to whoever may talk to the endpoint.
package enum ModelQuestion: Codable, Sendable, Hashable {
  /// One answer in words; a schema asks for JSON.
  case words(prompt: String, schema: JSONValue?, picture: ModelPicture?)
  /// One vector per text.
  case vectors(texts: [String])
}

/// What a model answered.
package enum ModelAnswer: Codable, Sendable, Hashable {
  case words(text: String)
  /// One per text, in their order; all finite.
  case vectors(vectors: [[Double]])
}
