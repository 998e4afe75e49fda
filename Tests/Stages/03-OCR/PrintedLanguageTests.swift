import Contracts
import DocumentModel
import Testing

@testable import OCR

@Suite("OCR: a page in another language than English")
struct PrintedLanguageTests {
  private static let german = [
    "Der Hof und die Kirche werden von der Stadt", "nicht mehr genutzt und sind auch nach dem Brand",
    "noch nicht wieder mit einem Dach versehen", "aber es wird im Herbst eine neue Treppe aus",
    "Stein und einen Zaun um den Garten geben", "wenn die Arbeiten bis zum Winter fertig sind",
  ]

  @Test("a page of German is read with the German model where that is installed, by a second pass")
  func german() throws {
    let output = try PrintedPage(Self.german).run()
    #expect(output.languages == ["deu"])
    #expect(output.passes == 2)
    #expect(output.words.map(\.text) == Self.german.joined(separator: " ").split(separator: " ").map(String.init))
  }

  @Test("a language that is named is kept to")
  func named() throws {
    var options = OCROptions()
    options.languages = ["eng"]
    let output = try PrintedPage(Self.german).run(options)
    #expect(output.languages == ["eng"])
    #expect(output.passes == 1)
  }

  @Test("English is left as it is, and so are a few words of German")
  func english() throws {
    #expect(try PrintedPage().run().languages == ["eng"])
    let quoted = Array(PrintedPage.prose.prefix(6)) + ["der die das und nicht"]
    #expect(try PrintedPage(quoted).run().languages == ["eng"])
    #expect(try PrintedPage([Self.german[0]]).run().languages == ["eng"])
  }
}
