import Contracts
import DocumentModel
import Testing

@testable import OCR

@Suite("OCR: buttons of forms")
struct FormMarksTests {
  private func word(_ text: String, x: Double, y: Double = 100) -> Word {
    Word(
      text: text, box: BoundingBox(left: x, top: y, right: x + 5 * Double(text.count), bottom: y + 10),
      source: .textLayer, size: 10)
  }

  private func field(
    _ kind: FormField.Kind = .checkbox, x: Double, y: Double = 100, side: Double = 10, _ value: String,
    isHidden: Bool = false
  ) -> FormField {
    FormField(
      name: "f", kind: kind, box: BoundingBox(left: x, top: y, right: x + side, bottom: y + side), value: value,
      isHidden: isHidden)
  }

  private func completed(_ words: [Word], _ fields: [FormField]) -> OCROutput {
    FormMarks.completing(
      OCROutput(source: .textLayer, languages: [], passes: 0, fonts: [], words: words), with: fields)
  }

  @Test("the state of a button stands before the words right of it")
  func states() {
    let output = completed(
      [word("Gender", x: 10), word("Female", x: 80), word("Male", x: 140)],
      [field(.radio, x: 125, "off"), field(.radio, x: 65, "on")])
    #expect(output.words.map(\.text) == ["Gender", "☑", "Female", "☐", "Male"])
    #expect(output.words.map(\.source) == [.textLayer, .form, .textLayer, .form, .textLayer])
    #expect(output.formFields?.count == 2)
  }

  @Test("the sign in a button is not told beside its state; a word that reaches over it stays")
  func sign() {
    let output = completed(
      [
        word("4", x: 12), word("Terms", x: 30), word("Sections", x: 5, y: 130), word("[J]", x: 8, y: 160),
        word("Read", x: 30, y: 160),
      ],
      [field(x: 10, "on"), field(x: 20, y: 130, "off"), field(x: 10, y: 160, "on")])
    #expect(output.words.map(\.text) == ["☑", "Terms", "Sections", "☑", "Read", "☐"])
  }

  @Test("a button that the page does not show is not told, and one as large as a panel is no mark")
  func unseen() {
    let words = [word("Terms", x: 30)]
    let output = completed(words, [field(x: 10, "on", isHidden: true), field(x: 100, side: 90, "on")])
    #expect(output.words == words)
    #expect(completed(words, [field(x: 10, "on", isHidden: true)]).formFields == nil)
  }

  @Test("of fields to write into those are kept that something is written in")
  func written() {
    let output = completed(
      [], [field(.text, x: 10, ""), field(.text, x: 10, y: 130, "Ann"), field(.signature, x: 0, "")])
    #expect(output.formFields?.map(\.value) == ["Ann"])
    #expect(output.words == [])
  }
}
