import Contracts
import DocumentModel
import Testing

@testable import Assembly

@Suite("Links of a page")
struct LinkTests {
  @Test(
    "an address that a line break divides is one word of one link",
    arguments: [
      ("https://example.org/", "guide.html.", "https://example.org/guide.html", "https://example.org/guide.html."),
      ("doi:10.1000/1-", "23.", "https://doi.org/10.1000/1-23", "doi:10.1000/1-23."),
      ("https://example.org/", "guide", "https://example.org/", "https://example.org/ guide"),
      ("the", "guide", "https://example.org/the/guide", "the guide"),
    ])
  func dividedAddress(first: String, second: String, target: String, wanted: String) throws {
    var page = PageBuilder()
    page.region(.paragraph, ["see \(first)", "\(second) today"], y: 100)
    page.links = [PageLink(box: page.words[1].box, target: target)]
    let runs = try page.assemble().elements[0].runs
    #expect(runs.map(\.text).joined() == "see \(wanted) today")
    #expect(runs.first { $0.link != nil }?.text == (wanted.contains(" ") ? first : wanted))
  }

  @Test("an address without a link goes on over the end of a line, one that is complete does not")
  func plainAddress() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["see http://example.org/some/", "place/~name.html and more"], y: 100)
    page.region(.paragraph, ["see http://example.org/", "and more"], y: 200)
    let texts = try page.assemble().elements.map { $0.runs.map(\.text).joined() }
    #expect(texts == ["see http://example.org/some/place/~name.html and more", "see http://example.org/ and more"])
  }

  @Test("spaces in the print of an address are none where its target has none")
  func spacedAddress() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["url: https:/ / example . org / item /20 today"], y: 100)
    page.links = [
      PageLink(
        box: page.words[1].box.union(page.words[page.words.count - 2].box), target: "https://example.org/item/20")
    ]
    #expect(try page.assemble().elements[0].runs.map(\.text) == ["url: ", "https://example.org/item/20", " today"])
  }

  @Test("a space between a link and emphasised text is no part of the link")
  func spaceAfterLink() throws {
    var page = PageBuilder()
    page.region(.paragraph, ["at https://example.org/ *Other* kinds"], y: 100)
    page.links = [PageLink(box: page.words[1].box, target: "https://example.org/")]
    #expect(try page.assemble().elements[0].runs.map(\.text) == ["at ", "https://example.org/", " Other", " kinds"])
  }

  @Test(
    "only links that a reader may follow become links",
    arguments: [
      ("https://example.org/a?b=c", true), ("http://example.org", true), ("mailto:a@example.org", true),
      ("tel:+4912345", true), ("#page=7", true), ("HTTPS://EXAMPLE.ORG", true), ("javascript:alert(1)", false),
      ("JavaScript:alert(1)", false), (" javascript:alert(1)", false), ("java\u{9}script:alert(1)", false),
      ("data:text/html,x", false), ("file:///etc/passwd", false), ("#page=", false), ("#page=x", false),
      ("https:", false),
      ("vbscript:x", false), ("", false),
    ])
  func linkTargets(target: String, kept: Bool) throws {
    var page = PageBuilder()
    page.region(.paragraph, ["see the site today"], y: 100)
    page.links = [PageLink(box: page.words[1].box.union(page.words[2].box), target: target)]
    let runs = try page.assemble().elements[0].runs
    #expect(runs.map(\.text).joined() == "see the site today")
    #expect(runs.contains { $0.link == target && $0.text == "the site" } == kept)
    #expect(runs.allSatisfy { $0.link == nil } == !kept)
  }

  @Test("of a link in one box around two lines only the words in its colour are the link")
  func brokenLink() throws {
    // Over the line's end; not at all; a line by itself, as in a card that is all link.
    for coloured in [[3, 4], [], [0, 1, 2, 3]] {
      var page = PageBuilder()
      page.region(.paragraph, ["prices rose while the", "river fell in spring"], y: 100)
      if !coloured.isEmpty {
        for index in coloured {
          let word = page.words[index]
          page.words[index] = Word(
            text: word.text, box: word.box, source: .textLayer, font: 0, size: 10, baseline: word.baseline,
            color: "0000ee")
        }
      }
      page.links = [PageLink(box: page.lines[0].box.union(page.lines[1].box), target: "https://example.org/")]
      let runs = try page.assemble().elements[0].runs
      let linked = runs.filter { $0.link != nil }.map(\.text).joined()
      #expect(linked == (coloured == [3, 4] ? "the river" : "prices rose while the river fell in spring"))
    }
  }
}
