import CanonicalJSON
import Checkpoints
import StageKit

/// Keys of units, and of units over documents of a thousand pages.
enum KeyMeasures {
  static func all() throws -> [Measure] {
    let source = Digest(of: Array("source".utf8))
    let options: JSONValue = ["languages": ["eng"], "mode": "auto", "passes": 2]
    let engines = ["tesseract": "5.3.0", "leptonica": "1.82.0", "data/eng": source.description]
    func upstream(_ pages: Int) -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: (1...pages).map { (UnitID(.assembly, .page($0)).description, source.description) })
    }
    func key(_ unit: UnitID, _ upstream: [String: String]) throws {
      _ = try UnitKey.digest(
        of: unit, version: 3, source: source, options: options, upstream: upstream, engines: engines)
    }
    let (few, many) = (upstream(3), upstream(1000))
    return [
      Measure(name: "key: of a page's unit") { try key(UnitID(.tables, .page(7)), few) },
      Measure(name: "key: over 1,000 pages") { try key(UnitID(.readingOrder), many) },
    ]
  }
}
