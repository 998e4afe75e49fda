import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Export

@Suite("Blocks within list items")
struct ItemBlockTests {
  private static func document() -> MadeDocument {
    var document = MadeDocument()
    document.item("1.", "one", ordered: true)
    document.more(.paragraph, "1. more of one")
    document.more(.code, "let a\n\n  let b")
    document.item("•", "inner", level: 2)
    document.more(.paragraph, "more of inner", level: 2)
    document.more(.paragraph, "again of one")
    document.item("2.", "two", ordered: true)
    document.item("3.", "three", ordered: true)
    document.add(.paragraph, "After.")
    document.more(.paragraph, "Of no item that is open.")
    return document
  }

  @Test("Markdown indents them below the item's text, and the numbers go on")
  func markdown() throws {
    #expect(
      try Self.document().markdown() == """
        1. one

           1\\. more of one

           ```
           let a

             let b
           ```

           - inner

             more of inner

           again of one

        2. two
        3. three

        After.

        Of no item that is open.

        """)
  }

  @Test("HTML has them inside the item")
  func html() throws {
    #expect(
      try Self.document().html().contains(
        """
        >one
        <p>1. more of one</p>
        <pre><code>let a

          let b</code></pre>
        <ul>
        <li>inner
        <p>more of inner</p>
        </li>
        </ul>
        <p>again of one</p>
        </li>
        <li>two</li>
        <li>three</li>
        </ol>
        <p>After.</p>
        """))
  }

  @Test("text indents them")
  func text() throws {
    #expect(try Self.document().text().hasPrefix("1. one\n\n  1. more of one\n\n  let a\n\n    let b\n\n"))
  }

  @Test("JSON tells the level of the item they belong to")
  func json() throws {
    let artifacts = try Self.document().artifacts()
    try artifacts.put(
      IngestOutput(type: .pdf, pageCount: 1, metadata: DocumentMetadata(), outline: [], encrypted: false))
    for stage in [StageID.classification, .extraction, .chunking] { artifacts.put(gap: .timedOut, for: UnitID(stage)) }
    let context = try RecordingContext(UnitID(.export, .format("json")))
    _ = try JSONExport().run(
      JSONExport.Input(unit: context.unit, artifacts: artifacts), options: NoOptions(), context: context)
    let json = String(decoding: try context.bytes(of: "json/document.json"), as: UTF8.self)
    #expect(json.split(separator: "\"item_level\":").dropFirst().map(\.first) == ["1", "1", "2", "1", "1"])
  }
}
