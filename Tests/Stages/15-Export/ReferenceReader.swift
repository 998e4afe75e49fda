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

  static func markdown(_ text: String) throws -> [Block] { try decoded(run(script(html: "MD.render(source)"), text)) }

  /// - Throws: where html5lib has anything to complain of.
  static func html(_ text: String) throws -> [Block] {
    try decoded(run(script(html: "source").replacingOccurrences(of: "strict=False", with: "strict=True"), text))
  }

  /// An item of a list as read: how deep, its number where it has one, its text.
  struct Item: Codable, Hashable {
    let level: Int
    let number: Int?
    let text: String
  }

  static func items(_ markdown: String) throws -> [Item] {
    let script = """
      import sys, json
      from markdown_it import MarkdownIt
      MD = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
      items, lists = [], []
      for token in MD.parse(sys.stdin.buffer.read().decode()):
          if token.type in ("bullet_list_open", "ordered_list_open"):
              lists.append(None if token.tag == "ul" else int(token.attrGet("start") or 1) if token.attrGet("start") != 0 else 0)
          elif token.type in ("bullet_list_close", "ordered_list_close"):
              lists.pop()
          elif token.type == "list_item_open":
              items.append({"level": len(lists), "number": lists[-1], "text": ""})
              if lists[-1] is not None: lists[-1] += 1
          elif token.type == "inline" and lists:
              items[-1]["text"] += token.content
      json.dump([{k: v for k, v in item.items() if v is not None} for item in items], sys.stdout)
      """
    return try decoded(run(script, markdown))
  }

  /// A text with how many list items and quotes it stands in.
  struct Place: Codable, Hashable {
    let items: Int
    let quotes: Int
    let text: String
  }

  static func places(markdown: String) throws -> [Place] {
    try decoded(run(script(html: "MD.render(source)", writing: placed), markdown))
  }

  static func places(html: String) throws -> [Place] { try decoded(run(script(html: "source", writing: placed), html)) }

  private static let placed = """
    found = []
    def walk(node, items, quotes):
        items += node.tag == "li"
        quotes += node.tag == "blockquote"
        if node.tag in BLOCKS:
            text = "".join(own(node).split())
            if text: found.append({"items": items, "quotes": quotes, "text": text})
        for child in node: walk(child, items, quotes)
    walk(tree, 0, 0)
    json.dump(found, sys.stdout)
    """

  private static let listed = """
    json.dump([{"tag": e.tag, "text": own(e).strip()} for e in tree.iter() if e.tag in BLOCKS], sys.stdout)
    """

  private static func script(html: String, writing: String = listed) -> String {
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

    """ + writing
  }

  private static func run(_ script: String, _ text: String) throws -> String {
    let python = try #require(CommandTool.python)
    let (output, succeeded) = try python.run(["-c", script], input: Array(text.utf8))
    try #require(succeeded, "\(output.suffix(600))")
    return output
  }

  private static func decoded<Value: Decodable>(_ output: String) throws -> [Value] {
    try CanonicalDecoder().decode([Value].self, from: Array(output.utf8))
  }
}
