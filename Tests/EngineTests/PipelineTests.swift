import CanonicalJSON
import Checkpoints
import StageKit
import Testing

@testable import Engine

@Suite("The pipeline's options")
struct PipelineTests {
  private let pipeline = Pipeline(.small)

  @Test("are read as typed")
  func read() throws {
    let override = try pipeline.override("ocr.languages=deu+eng", pages: [3])
    #expect(override == OptionOverride(stage: .ocr, option: "languages", value: ["deu", "eng"], pages: [3]))
  }

  @Test(
    "that are wrong name the nearest right one",
    arguments: [
      ("ocr.langages=deu", ErrorCode.unknownOption, "ocr.languages"), ("orc.languages=deu", .unknownStage, "ocr"),
      ("tables.strategy=x", .unknownOption, "no options"), ("languages", .invalidOption, "ocr.languages=eng+deu"),
      ("ocr.fast=maybe", .invalidOption, "on or off"),
    ])
  func wrong(text: String, code: ErrorCode, hint: String) {
    #expect {
      try pipeline.override(text)
    } throws: { error in
      let failure = error as? StageFailure
      return failure?.code == code && failure?.hint?.contains(hint) == true
    }
  }

  @Test("of a unit are the defaults under the overrides for its page, the later over the earlier")
  func effective() throws {
    let overrides = try [
      pipeline.override("ocr.languages=deu", pages: [2]), pipeline.override("ocr.fast=on"),
      pipeline.override("ocr.fast=off", pages: [3]),
    ]
    func options(_ page: Int) -> JSONValue { pipeline.options(of: UnitID(.ocr, .page(page)), overrides: overrides) }
    #expect(options(1) == ["languages": ["eng"], "fast": true])
    #expect(options(2) == ["languages": ["deu"], "fast": true])
    #expect(options(3) == ["languages": ["eng"], "fast": false])
  }

  @Test("that ask for a language nobody installed are refused before anything runs")
  func missingLanguage() throws {
    let settings = JobSettings(overrides: [try pipeline.override("ocr.languages=fra", pages: [2])])
    #expect {
      try pipeline.check(settings)
    } throws: { error in
      let failure = error as? StageFailure
      return failure?.code == .languageDataMissing && failure?.hint?.contains("tesseract-ocr-fra") == true
    }
  }
}
