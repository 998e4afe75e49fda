import CanonicalJSON
import Foundation
import Testing

/// What a reader of Markdown or HTML makes of an export: markdown-it-py and html5lib.
enum ReferenceReader {
  /// A block as read: its tag and its text.
  struct Block: Codable, Hashable {
    let tag: String
    let text: String
  }

  static func markdown(_ text: String) throws -> [Block] { try run(script(html: "MD.render(source)"), text) }

  /// - Throws: where html5lib has anything to complain of.
  static func html(_ text: String) throws -> [Block] {
    try run(script(html: "source").replacingOccurrences(of: "strict=False", with: "strict=True"), text)
  }

  private static func script(html: String) -> String {
    """
    import sys, json, html5lib
    from markdown_it import MarkdownIt
    MD = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    source = sys.stdin.buffer.read().decode()
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(\(html))
    BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "pre", "caption", "figcaption"}
    def own(node):
        parts = [node.text or ""]
        for child in node:
            if child.tag not in BLOCKS | {"ul", "ol"}: parts.append(own(child))
            parts.append(child.tail or "")
        return "".join(parts)
    json.dump([{"tag": e.tag, "text": own(e).strip()} for e in tree.iter() if e.tag in BLOCKS], sys.stdout)
    """
  }

  private static func run(_ script: String, _ text: String) throws -> [Block] {
    let python = try #require(CommandTool.python)
    let (output, succeeded) = try python.run(["-c", script], input: Array(text.utf8))
    try #require(succeeded, "\(output.suffix(600))")
    return try CanonicalDecoder().decode([Block].self, from: Array(output.utf8))
  }
}
