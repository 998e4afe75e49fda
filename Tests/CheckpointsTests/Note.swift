import CanonicalJSON
import StageKit

/// A small payload for these tests.
struct Note: StageOutput, Hashable {
  static let stage = StageID.ocr

  var text: String
  var scores: [Double] = []

  static let schema = Schema.object(
    "A note.",
    [.required("text", .string("Its text.")), .required("scores", .array("Numbers.", of: .score("A number.")))])

  var bytes: [UInt8] { get throws { try CanonicalEncoder().encode(self) } }
}

extension Digest {
  /// The digest of a text, for values that only have to differ.
  init(sample text: StaticString, _ number: Int = 0) { self.init(of: "\(text)\(number)".utf8) }
}
