import CanonicalJSON
import Contracts
import DocumentModel
import Foundation
import StageKit

/// Writing, reading and hashing what checkpoints hold most of.
enum JSONMeasures {
  private static let count = 20_000  // words: some forty pages, some three megabytes

  static func all() throws -> [Measure] {
    let words = (0..<count).map(word)
    let bytes = try CanonicalEncoder().encode(words)
    let page = try CanonicalEncoder().encode(
      OCROutput(source: .recognition, languages: ["eng"], passes: 1, fonts: [], words: Array(words.prefix(500))))
    let standard = try JSONEncoder().encode(words.map(ByCodable.init))
    return [
      Measure(name: "json: write words", bytes: bytes.count) { _ = try CanonicalEncoder().encode(words) },
      Measure(name: "json: read words", bytes: bytes.count) {
        _ = try CanonicalDecoder().decode([Word].self, from: bytes)
      },
      Measure(name: "json: read words, grammar checked", bytes: bytes.count) {
        _ = try bytes.withUnsafeBytes { try CanonicalDecoder().decode([Word].self, fromChecked: $0) }
      },
      Measure(name: "json: read words, one page's", bytes: page.count) {
        _ = try page.withUnsafeBytes { try CanonicalDecoder().decode(OCROutput.self, fromChecked: $0) }
      },
      Measure(name: "json: pass words", bytes: bytes.count) {
        try CanonicalReader.read(bytes) { try $0.skipValue() }
      },
      Measure(name: "json: write words by Codable", bytes: bytes.count) {
        _ = try CanonicalEncoder().encode(words.map(ByCodable.init))
      },
      Measure(name: "json: JSONEncoder, for comparison", bytes: standard.count) {
        _ = try JSONEncoder().encode(words.map(ByCodable.init))
      },
      Measure(name: "json: JSONDecoder, for comparison", bytes: standard.count) {
        _ = try JSONDecoder().decode([ByCodable].self, from: standard)
      },
      Measure(name: "hash: SHA-256", bytes: bytes.count) { _ = Digest(of: bytes) },
    ]
  }

  private static func word(_ number: Int) -> Word {
    let left = Double(number * 37 % 50_000) / 100
    let top = Double(number * 91 % 80_000) / 100
    return Word(
      text: texts[number % texts.count],
      box: BoundingBox(left: left, top: top, right: left + 31.5, bottom: top + 10.02),
      confidence: Score(Double(number % 101) / 101), source: number % 3 == 0 ? .recognition : .textLayer,
      font: number % 4, size: 9.96)
  }

  private static let texts = ["The", "bridges", "were", "\"quoted\"", "Königsberg,", "1,204.50", "of", "paragraph"]

  /// Hides a word's own way, so that the general one is taken.
  private struct ByCodable: Codable {
    let word: Word

    init(_ word: Word) { self.word = word }

    init(from decoder: any Decoder) throws { word = try Word(from: decoder) }

    func encode(to encoder: any Encoder) throws { try word.encode(to: encoder) }
  }
}
