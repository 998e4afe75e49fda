/// A picture that goes with a question to a language model.
package struct ModelPicture: Codable, Sendable, Hashable {
  /// `image/png` or `image/jpeg`.
  package let mediaType: String
  /// Its file, as Base64.
  package let base64: String

  /// The types that every endpoint which takes pictures takes.
  package static let mediaTypes: Set<String> = ["image/png", "image/jpeg"]
  /// Bytes of a file; as Base64, and with the prompt, it fits a frame of the worker's channel several times.
  package static let mostBytes = 4 << 20

  package init(mediaType: String, base64: String) {
    self.mediaType = mediaType
    self.base64 = base64
  }
}
