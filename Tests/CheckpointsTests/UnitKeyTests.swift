import CanonicalJSON
import Checkpoints
import StageKit
import Testing

@Suite("A unit's key")
struct UnitKeyTests {
  let recipe = KeyRecipe(
    unit: UnitID(.ocr, .page(7)), version: 3, source: Digest(sample: "source"),
    options: ["languages": ["eng"], "dpi": 300],
    upstream: ["ingest/7": Digest(sample: "i").description, "render/7": "gap:crashed"],
    engines: ["tesseract": "5.3.0", "eng.traineddata": Digest(sample: "eng").description])

  func variant(
    unit: UnitID? = nil, version: Int? = nil, source: Digest? = nil, options: JSONValue? = nil,
    upstream: [String: String]? = nil, engines: [String: String]? = nil
  ) -> KeyRecipe {
    KeyRecipe(
      unit: unit ?? UnitID(recipe.stage, recipe.unit), version: version ?? recipe.version,
      source: source ?? recipe.source, options: options ?? recipe.options, upstream: upstream ?? recipe.upstream,
      engines: engines ?? recipe.engines)
  }

  @Test("its recipe is hashed as this text, for ever")
  func golden() throws {
    let text = """
      {"engines":{"eng.traineddata":"\(Digest(sample: "eng"))","tesseract":"5.3.0"},"format":"sheaf.key/1",\
      "options":{"dpi":300,"languages":["eng"]},"source":"\(Digest(sample: "source"))","stage":"ocr","unit":{"page":7},\
      "upstream":{"ingest/7":"\(Digest(sample: "i"))","render/7":"gap:crashed"},"version":3}
      """
    #expect(try recipe.digest() == Digest(of: text.utf8))
    let fixed = KeyRecipe(
      unit: UnitID(.ingest), version: 1, source: Digest(of: "".utf8), options: [:], upstream: [:], engines: [:])
    #expect(try fixed.digest().hex == "208e59f07cb7c6ada9f630681d7b7bc93aa0f1e05c665f351751ae1362a9c03a")
  }

  @Test("whatever a result depends on changes it, and is named as the difference")
  func everyIngredientCounts() throws {
    let variants: [(KeyRecipe, [String])] = [
      (variant(unit: UnitID(.ocr, .page(8))), ["unit"]), (variant(unit: UnitID(.ocr)), ["unit"]),
      (variant(version: 4), ["version"]), (variant(source: Digest(sample: "other")), ["source"]),
      (variant(options: ["languages": ["deu"], "dpi": 300]), ["options.languages"]),
      (variant(options: ["languages": ["eng"]]), ["options.dpi"]),
      (
        variant(upstream: ["ingest/7": Digest(sample: "i").description, "render/7": "gap:timed_out"]),
        ["upstream.render/7"]
      ),
      (variant(upstream: ["ingest/7": Digest(sample: "i").description]), ["upstream.render/7"]),
      (
        variant(engines: ["tesseract": "5.3.1", "eng.traineddata": Digest(sample: "eng").description]),
        ["engines.tesseract"]
      ),
      (variant(engines: ["tesseract": "5.3.0"]), ["engines.eng.traineddata"]),
    ]
    for (other, names) in variants {
      #expect(other.differences(from: recipe).map(\.what) == names)
    }
    let keys = try variants.map { try $0.0.digest() } + [recipe.digest()]
    #expect(Set(keys).count == variants.count + 1)
    #expect(recipe.differences(from: recipe).isEmpty)
  }

  @Test("how an option was written does not change it")
  func spelling() throws {
    #expect(try variant(options: ["dpi": 300.0, "languages": ["eng"]]).digest() == recipe.digest())
  }

  @Test("a gap is told from a digest, and back")
  func references() {
    for gap in GapCode.allCases { #expect(UnitKey.gap(in: UnitKey.reference(to: gap)) == gap) }
    #expect(UnitKey.gap(in: UnitKey.reference(to: Digest(sample: "x"))) == nil)
    #expect(UnitKey.gap(in: "gap:unheard_of") == nil)
  }
}
