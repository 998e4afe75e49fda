import CanonicalJSON
import StageKit
import Testing

@Suite("A stage's ingredients")
struct StageIngredientsTests {
  private let ingredients = StageIngredients(
    engines: ["tesseract": "5.3.0"], rules: ["osd": Digest(of: [9])],
    languageData: ["eng": Digest(of: [1]), "deu": Digest(of: [2])], languageOption: "languages")

  @Test("enter the key as far as the options pick them")
  func keyed() throws {
    #expect(
      try ingredients.keyed(options: ["languages": ["deu"]]) == [
        "tesseract": "5.3.0", "rule:osd": Digest(of: [9]).description, "deu.traineddata": Digest(of: [2]).description,
      ])
  }

  @Test("enter it all where the languages are found by themselves")
  func automatic() throws {
    let keyed = try ingredients.keyed(options: ["languages": ["auto"]])
    #expect(keyed.keys.sorted() == ["deu.traineddata", "eng.traineddata", "rule:osd", "tesseract"])
  }

  @Test("that are missing are told with how to get them")
  func missing() {
    #expect {
      try ingredients.keyed(options: ["languages": ["eng", "fra"]])
    } throws: { error in
      let failure = error as? StageFailure
      return failure?.code == .languageDataMissing && failure?.message.contains("\"fra\"") == true
        && failure?.hint?.contains("deu, eng") == true
    }
  }
}
