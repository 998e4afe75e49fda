import CanonicalJSON
import Contracts
import DocumentModel
import StageKit
import Testing

/// Outputs that are read without a detour through `Codable`: a member that their own reading forgets would be lost.
@Suite("Outputs that read themselves")
struct DirectReadingTests {
  private static let box = BoundingBox(left: 1.25, top: 2, right: 30.5, bottom: 4.75)
  private static let size = PageSize(width: 595.28, height: 841.89)
  private static let raster = PageRaster(file: "0001.tif", width: 893, height: 1263, resolution: 108, native: true)
  private static let words = [
    Word(
      text: "Königsberg \"quoted\"", box: box, confidence: Score(0.5), source: .recognition, font: 1, size: 9.96,
      turn: .right, baseline: 4.5, color: "ff0000", joinsNext: true),
    Word(text: "plain", box: box, source: .textLayer, size: 10),
  ]
  private static let fonts = [Font(name: "Serif", bold: true, italic: true, monospaced: true)]

  private static let fields = [
    FormField(name: "name", label: "Your name", kind: .text, box: box, value: "Ann", isHidden: true)
  ]

  private static let render = RenderOutput(
    size: size, raster: raster, preview: raster,
    verdict: TextLayerVerdict(
      judgement: .partial, characters: 12, mapped: Score(0.5), plausible: Score(0.25), imageCover: Score(0.125)),
    fonts: fonts, words: words,
    images: [ImageArea(box: box, number: 3, pixels: PixelSize(width: 20, height: 10)), ImageArea(box: box, number: 4)],
    links: [PageLink(box: box, target: "https://example.org/")],
    formFields: fields, omissions: [.imageReduced])

  private static let ocr = OCROutput(
    source: .both, turn: .right, skew: -1.25, languages: ["eng", "deu"], passes: 2, fonts: fonts, words: words,
    formFields: fields)

  private static let layout = LayoutOutput(
    size: size, turn: .right,
    lines: [Line(words: [0, 1], box: box, baseline: 4.5, size: 10, turn: .right, direction: .rightToLeft)],
    blocks: [Block(lines: [0], box: box, column: 0)], columns: [box],
    rules: [RulingLine(axis: .vertical, position: 7, start: 1, end: 9, thickness: 0.5)], separators: [box],
    imageAreas: [box], dropped: [DroppedWord(word: 1, reason: .offPage)], lineNumbers: [0],
    marginNotes: [0])

  @Test("come back as they were written, with every member")
  func whole() throws {
    try Self.expectEveryMember(of: Self.render)
    try Self.expectEveryMember(of: Self.ocr)
    try Self.expectEveryMember(of: Self.layout)
  }

  @Test("are read in any order of their members, with others between them")
  func handWritten() throws {
    let bytes = try CanonicalEncoder().encode(Self.render)
    let members = try #require(try CanonicalDecoder().decode(JSONValue.self, from: bytes).object)
    let turned = members.sorted { $0.key > $1.key }.map { "\"\($0.key)\" : \($0.value.text)" } + ["\"more\": [{}]"]
    let text = "{\n" + turned.joined(separator: " ,\n") + "}"
    #expect(try CanonicalDecoder().decode(RenderOutput.self, from: Array(text.utf8)) == Self.render)
  }

  @Test("say which member is missing", arguments: ["words", "size", "raster", "formFields"])
  func missing(member: String) throws {
    var value =
      try CanonicalDecoder().decode(JSONValue.self, from: CanonicalEncoder().encode(Self.render)).object ?? [:]
    value[member] = nil
    let bytes = try CanonicalEncoder().encode(JSONValue.object(value))
    let error = #expect(throws: DecodingError.self) { try CanonicalDecoder().decode(RenderOutput.self, from: bytes) }
    #expect(error.map { "\($0)" }?.contains(member) == true)
  }

  private static func expectEveryMember<Output: StageOutput & Equatable>(of output: Output) throws {
    for child in Mirror(reflecting: output).children {
      // Nothing here may be what it would be anyway if it were forgotten.
      #expect("\(child.value)" != "nil" && "\(child.value)" != "[]", "\(Output.self).\(child.label ?? "")")
    }
    let bytes = try CanonicalEncoder().encode(output)
    #expect(try CanonicalDecoder().decode(Output.self, from: bytes) == output)
    #expect(try bytes.withUnsafeBytes { try CanonicalDecoder().decode(Output.self, fromChecked: $0) } == output)
  }
}

extension JSONValue {
  /// As canonical JSON.
  fileprivate var text: String {
    // A value that was decoded can be encoded.
    (try? CanonicalEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
